//! A JPEG's marker segments (ITU-T T.81, annex B), read before anything is decoded: how large it is, how it is coded, what
//! its components are.

/// How a frame is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    Sequential,
    Progressive,
    /// Shades are not lost: no camera does that.
    Lossless,
    Hierarchical,
    /// Arithmetic instead of Huffman codes.
    Arithmetic,
}

/// What the components mean; by the rules that libjpeg made everybody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    Grey,
    Ycc,
    Rgb,
    Cmyk,
    /// YCC and black.
    Ycck,
}

/// A component: its name and how many blocks it has in each unit, across and down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Component {
    name: u8,
    across: u8,
    down: u8,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub coding: Coding,
    /// Bits of a sample.
    pub precision: u8,
    pub width: u32,
    pub height: u32,
    components: Vec<Component>,
    /// Whether the first scan has all components.
    pub together: bool,
    jfif: bool,
    /// Where Adobe's segment has its colour transform, and the transform.
    pub adobe: Option<(usize, u8)>,
    /// Where the first scan begins.
    scan: usize,
}

impl Header {
    /// Reads up to the first scan; none when there is no frame or no scan.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (mut frame, mut jfif, mut adobe) = (None, false, None);
        let mut at = 2;
        loop {
            // what stands between two segments is passed over, as everybody does
            at += bytes.get(at..)?.iter().position(|&byte| byte == 0xFF)?;
            let mark = *bytes.get(at + 1)?;
            match mark {
                0xFF => at += 1,                      // a fill byte
                0x00 | 0x01 | 0xD0..=0xD8 => at += 2, // marks without content
                0xD9 => return None,
                _ => {
                    let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
                    let content = bytes.get(at + 4..at + 2 + length).unwrap_or_default();
                    match mark {
                        0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF if frame.is_none() => {
                            frame = Some(Frame::read(mark, content)?);
                        }
                        0xE0 if content.starts_with(b"JFIF\0") => jfif = true,
                        0xEE if content.starts_with(b"Adobe") => {
                            adobe = content.get(11).map(|&transform| (at + 15, transform));
                        }
                        0xDA => {
                            let Frame { coding, precision, width, height, components } = frame?;
                            let together =
                                content.first().copied().map(usize::from) == Some(components.len());
                            let header = Self {
                                coding,
                                precision,
                                width,
                                height,
                                components,
                                together,
                                jfif,
                                adobe,
                                scan: at,
                            };
                            return Some(header);
                        }
                        _ => {}
                    }
                    at += 2 + length;
                }
            }
        }
    }

    /// What the components mean; none when there are two, or more than four.
    pub fn model(&self) -> Option<Model> {
        let names: Vec<u8> = self.components.iter().map(|component| component.name).collect();
        let transform = self.adobe.map(|(_, transform)| transform);
        Some(match (names.as_slice(), transform) {
            ([_], _) => Model::Grey,
            (b"RGB", _) => Model::Rgb,
            ([_, _, _], Some(0)) if !self.jfif => Model::Rgb,
            ([_, _, _], _) => Model::Ycc,
            ([_, _, _, _], None | Some(0)) => Model::Cmyk,
            ([_, _, _, _], Some(_)) => Model::Ycck,
            _ => return None,
        })
    }

    /// Whether the components have the names that say red, green and blue without Adobe's segment.
    pub fn named_rgb(&self) -> bool {
        self.components.iter().map(|component| component.name).eq(*b"RGB")
    }

    /// Whether some components have fewer samples than others.
    pub fn subsampled(&self) -> bool {
        self.components.iter().any(|one| {
            self.components.iter().any(|other| (one.across, one.down) != (other.across, other.down))
        })
    }

    /// What a decoder needs beside the picture, in bytes: pictures that come in several scans are kept as coefficients.
    pub fn coefficients(&self) -> u64 {
        if self.coding == Coding::Sequential && self.together {
            return 0;
        }
        let most =
            |of: fn(&Component) -> u8| self.components.iter().map(of).max().map_or(1, u64::from).max(1);
        let (across, down) = (most(|component| component.across), most(|component| component.down));
        let units = u64::from(self.width).div_ceil(8 * across) * u64::from(self.height).div_ceil(8 * down);
        let blocks: u64 = self.components.iter().map(|one| u64::from(one.across) * u64::from(one.down)).sum();
        units * blocks * 64 * 2
    }

    /// Whether the picture data end with their own end mark. Decoders fill what is missing with grey and say nothing; a
    /// thumbnail in the metadata has an end mark too, so only what follows the first scan counts.
    pub fn has_end(&self, bytes: &[u8]) -> bool {
        let scans = bytes.get(self.scan..).unwrap_or_default();
        // nearly always the last two bytes
        scans.windows(2).rev().any(|pair| pair == [0xFF, 0xD9])
    }
}

struct Frame {
    coding: Coding,
    precision: u8,
    width: u32,
    height: u32,
    components: Vec<Component>,
}

impl Frame {
    fn read(mark: u8, content: &[u8]) -> Option<Self> {
        let &[precision, high, low, wide, narrow, count, ref rest @ ..] = content else { return None };
        let coding = match mark {
            0xC9..=0xCF => Coding::Arithmetic,
            0xC5..=0xC7 => Coding::Hierarchical,
            0xC3 => Coding::Lossless,
            0xC2 => Coding::Progressive,
            _ => Coding::Sequential,
        };
        let components = rest
            .chunks_exact(3)
            .take(usize::from(count))
            .map(|part| Component { name: part[0], across: part[1] >> 4, down: part[1] & 15 })
            .collect::<Vec<_>>();
        (components.len() == usize::from(count)).then_some(Self {
            coding,
            precision,
            width: u32::from(u16::from_be_bytes([wide, narrow])),
            height: u32::from(u16::from_be_bytes([high, low])),
            components,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(mark: u8, content: &[u8]) -> Vec<u8> {
        [&[0xFF, mark][..], &(content.len() as u16 + 2).to_be_bytes(), content].concat()
    }

    /// A frame of 300 × 200 pixels whose first component has twice the samples in both directions.
    fn frame(mark: u8, names: &[u8]) -> Vec<u8> {
        let mut content = vec![8, 0, 200, 1, 44, names.len() as u8];
        for (index, &name) in names.iter().enumerate() {
            content.extend([name, if index == 0 { 0x22 } else { 0x11 }, 0]);
        }
        segment(mark, &content)
    }

    fn file(parts: &[Vec<u8>]) -> Vec<u8> {
        [&[vec![0xFF, 0xD8]], parts].concat().concat()
    }

    fn adobe(transform: u8) -> Vec<u8> {
        segment(0xEE, &[b"Adobe\0\x64\0\0\0\0", &[transform][..]].concat())
    }

    fn model(parts: &[Vec<u8>]) -> Option<Model> {
        let scan = segment(0xDA, &[1]);
        Header::read(&file(&[parts, &[scan]].concat())).unwrap().model()
    }

    #[test]
    fn components_mean_what_libjpeg_says() {
        let jfif = || segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
        let ycc = || frame(0xC0, &[1, 2, 3]);
        assert_eq!(model(&[frame(0xC0, &[1])]), Some(Model::Grey));
        assert_eq!(model(&[ycc()]), Some(Model::Ycc));
        assert_eq!(model(&[adobe(1), ycc()]), Some(Model::Ycc));
        assert_eq!(model(&[adobe(0), ycc()]), Some(Model::Rgb));
        assert_eq!(model(&[jfif(), adobe(0), ycc()]), Some(Model::Ycc));
        assert_eq!(model(&[frame(0xC0, b"RGB")]), Some(Model::Rgb));
        assert_eq!(model(&[frame(0xC0, &[1, 2, 3, 4])]), Some(Model::Cmyk));
        assert_eq!(model(&[adobe(2), frame(0xC0, &[1, 2, 3, 4])]), Some(Model::Ycck));
        assert_eq!(model(&[frame(0xC0, &[1, 2])]), None);
    }

    #[test]
    fn the_transform_is_where_it_is_said_to_be() {
        let bytes = file(&[adobe(2), frame(0xC0, &[1, 2, 3, 4]), segment(0xDA, &[4])]);
        let (place, transform) = Header::read(&bytes).unwrap().adobe.unwrap();
        assert_eq!((bytes[place], transform), (2, 2));
    }

    #[test]
    fn memory_is_known_beforehand() {
        let read = |mark, scan| {
            let bytes = file(&[frame(mark, &[1, 2, 3]), segment(0xDA, &[scan, 1, 0, 2, 0, 3, 0])]);
            Header::read(&bytes).unwrap()
        };
        assert_eq!(read(0xC0, 3).coefficients(), 0);
        // 19 × 13 units of six blocks of 64 coefficients of two bytes
        assert_eq!(read(0xC2, 3).coefficients(), 19 * 13 * 6 * 128);
        assert_eq!(read(0xC0, 1).coefficients(), 19 * 13 * 6 * 128);
        assert!(read(0xC0, 1).subsampled());
        assert_eq!((read(0xC0, 3).width, read(0xC0, 3).height), (300, 200));
    }

    #[test]
    fn codings_are_told_apart() {
        for (mark, coding) in [
            (0xC0, Coding::Sequential),
            (0xC1, Coding::Sequential),
            (0xC2, Coding::Progressive),
            (0xC3, Coding::Lossless),
            (0xC6, Coding::Hierarchical),
            (0xC9, Coding::Arithmetic),
            (0xCA, Coding::Arithmetic),
        ] {
            let bytes = file(&[segment(0xC4, &[0]), frame(mark, &[1]), segment(0xDA, &[1])]);
            assert_eq!(Header::read(&bytes).unwrap().coding, coding);
        }
    }

    #[test]
    fn the_end_is_sought_behind_the_first_scan() {
        let thumbnail = segment(0xE1, &[0xFF, 0xD8, 0xFF, 0xD9]);
        let whole =
            [file(&[thumbnail, frame(0xC0, &[1]), segment(0xDA, &[1])]), vec![5, 0xFF, 0xD9, 7]].concat();
        let header = Header::read(&whole).unwrap();
        assert!(header.has_end(&whole));
        assert!(!header.has_end(&whole[..whole.len() - 2]));
        for end in 0..whole.len() {
            let _ = Header::read(&whole[..end]);
        }
    }
}
