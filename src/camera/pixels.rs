//! Uncompressed camera formats into RGB. Colours by ITU-R BT.601, limited range, which is what webcams send.

use super::source::{Error, Picture};

/// An uncompressed format, rows without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Two pixels in four bytes: Y0 U Y1 V.
    Yuyv,
    /// A plane of Y, then a half-size plane of U and V in turn.
    Nv12,
    Grey,
    Rgb,
    Bgr,
}

fn colour(y: u8, u: u8, v: u8) -> [u8; 3] {
    let y = 1.164 * (f32::from(y) - 16.0);
    let (u, v) = (f32::from(u) - 128.0, f32::from(v) - 128.0);
    // `as` holds a colour between 0 and 255
    [y + 1.596 * v, y - 0.392 * u - 0.813 * v, y + 2.017 * u].map(|channel| (channel + 0.5) as u8)
}

/// The picture in the first bytes of a buffer, which may be longer.
pub fn convert(layout: Layout, width: u32, height: u32, buffer: &[u8]) -> Result<Picture, Error> {
    let (columns, rows) = (width as usize, height as usize);
    let pixels = columns.saturating_mul(rows);
    let needed = match layout {
        Layout::Yuyv => pixels.saturating_mul(2),
        Layout::Nv12 => pixels.saturating_add(pixels / 2),
        Layout::Grey => pixels,
        Layout::Rgb | Layout::Bgr => pixels.saturating_mul(3),
    };
    let short =
        || Error::Broken(format!("{} of {needed} bytes for {layout:?} {width}×{height}", buffer.len()));
    let data = buffer.get(..needed).ok_or_else(short)?;
    if matches!(layout, Layout::Yuyv | Layout::Nv12) && (width % 2 == 1 || height % 2 == 1) {
        return Err(Error::Broken(format!("{layout:?} of {width}×{height}")));
    }
    let rgb: Vec<u8> = match layout {
        Layout::Yuyv => data.as_chunks::<4>().0.iter().flat_map(|&[a, u, b, v]| two(a, b, u, v)).collect(),
        Layout::Nv12 => nv12(data, columns, pixels),
        Layout::Grey => data.iter().flat_map(|&grey| [grey; 3]).collect(),
        Layout::Rgb => data.to_vec(),
        Layout::Bgr => data.as_chunks::<3>().0.iter().flat_map(|&[b, g, r]| [r, g, b]).collect(),
    };
    Picture::new(width, height, rgb).ok_or_else(short)
}

fn two(a: u8, b: u8, u: u8, v: u8) -> [u8; 6] {
    let ([r, g, bl], [r2, g2, bl2]) = (colour(a, u, v), colour(b, u, v));
    [r, g, bl, r2, g2, bl2]
}

fn nv12(data: &[u8], columns: usize, pixels: usize) -> Vec<u8> {
    let (luma, chroma) = data.split_at_checked(pixels).unwrap_or((data, &[]));
    luma.chunks_exact(columns.max(1))
        .zip(chroma.chunks_exact(columns.max(1)).flat_map(|row| [row, row]))
        .flat_map(|(ys, uvs)| ys.as_chunks::<2>().0.iter().zip(uvs.as_chunks::<2>().0))
        .flat_map(|(&[a, b], &[u, v])| two(a, b, u, v))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_white_and_red_are_what_they_should_be() {
        assert_eq!(colour(16, 128, 128), [0, 0, 0]);
        assert_eq!(colour(235, 128, 128), [255, 255, 255]);
        let [r, g, b] = colour(81, 90, 240);
        assert!(r >= 253 && g <= 2 && b <= 2, "{r} {g} {b}");
    }

    #[test]
    fn every_layout_gives_the_same_grey() {
        let (width, height) = (6, 4);
        let pixels = (width * height) as usize;
        for (layout, buffer) in [
            (Layout::Yuyv, [126, 128].repeat(pixels)),
            (Layout::Nv12, [vec![126; pixels], vec![128; pixels / 2]].concat()),
            (Layout::Grey, vec![128; pixels]),
            (Layout::Rgb, vec![128; pixels * 3]),
            (Layout::Bgr, vec![128; pixels * 3]),
        ] {
            let picture = convert(layout, width, height, &buffer).unwrap();
            assert!(picture.rgb.iter().all(|&v| v == 128), "{layout:?}: {:?}", picture.rgb.first());
            assert!(convert(layout, width, height, &buffer[1..]).is_err(), "{layout:?} too short");
        }
    }

    #[test]
    fn odd_sizes_and_no_pixels_are_refused() {
        assert!(convert(Layout::Yuyv, 3, 3, &[0; 100]).is_err());
        assert!(convert(Layout::Rgb, 0, 0, &[]).is_err());
        assert!(convert(Layout::Rgb, u32::MAX, u32::MAX, &[0; 10]).is_err());
    }
}
