//! The photo part's screens that only a picture leads to, with a drawn picture and made-up findings.

use super::{Card, Chosen, HEIGHT, Shown, WIDTH, picture};
use crate::desktop::kiosk::photo::review::{Review, Sending};
use crate::desktop::kiosk::photo::{Photo, Source};
use crate::desktop::photo::eye::{Original, Shots};
use crate::domain::photo::{Declared, Finding, Limit, Region, Rule, Verdict, Weight};
use crate::vision::burst;
use crate::vision::hand::Hand;

/// As it was chosen.
pub(super) fn portrait() -> Chosen {
    Chosen::new(card(Vec::new()), "university".to_owned(), false)
}

fn card(findings: Vec<Finding>) -> Card {
    Card {
        jpeg: Vec::new().into(),
        shown: Shown { handle: picture(), width: WIDTH, height: HEIGHT },
        verdict: Verdict::of(&findings),
        findings,
        measured: Vec::new(),
        declared: Declared::default(),
        unjudged: false,
        notes: Vec::new(),
    }
}

fn review(findings: Vec<Finding>, source: Source) -> Review {
    let small = Shown { handle: picture(), width: WIDTH, height: HEIGHT };
    let count = if source == Source::Camera { burst::FRAMES } else { 1 };
    Review {
        card: card(findings),
        source,
        sending: Sending::NotYet,
        shots: Shots { small: vec![small; count], count, chosen: 2.min(count - 1) },
        declared: Declared::default(),
        hand: None,
        croppable: source == Source::File,
        making: false,
    }
}

fn finding(rule: Rule, weight: Weight, region: Region) -> Finding {
    Finding { rule, weight, measured: 0.4, limit: Limit::AtMost(0.1), region: Some(region) }
}

fn found() -> Vec<Finding> {
    let at = |x, y, width, height| Region { x, y, width, height };
    vec![
        finding(Rule::MouthClosed, Weight::Hard, at(0.38, 0.56, 0.24, 0.1)),
        finding(Rule::HeadCovering, Weight::Soft, at(0.2, 0.12, 0.6, 0.2)),
        finding(Rule::EvenLight, Weight::Soft, at(0.24, 0.2, 0.52, 0.5)),
        finding(Rule::BackgroundPlain, Weight::Soft, at(0.02, 0.02, 0.96, 0.96)),
    ]
}

/// A screen by the name of its preset; none for other names.
pub(super) fn shown(name: &str, photo: Photo) -> Option<Photo> {
    Some(match name {
        "Photo" => photo,
        "PhotoAccept" => photo.looking_over(review(Vec::new(), Source::Camera)),
        "PhotoFindings" => photo.looking_over(review(found(), Source::Camera)),
        "PhotoHeld" => {
            let held = found().into_iter().filter(|finding| finding.rule != Rule::HeadCovering);
            photo.looking_over(review(held.collect(), Source::Camera))
        }
        "PhotoCovering" => photo.looking_over(Review {
            declared: Declared { head_covering: Some(true) },
            ..review(Vec::new(), Source::Camera)
        }),
        "PhotoOwn" => photo.looking_over(review(found().into_iter().take(1).collect(), Source::File)),
        "PhotoCrop" => {
            let size = [WIDTH as f32, HEIGHT as f32];
            let original = Original { size, automatic: Hand::begin(None, size) };
            photo.cropping(review(Vec::new(), Source::File), original)
        }
        _ => return None,
    })
}
