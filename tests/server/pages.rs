//! `GET /o/{number}`: the same for every number, nothing of anyone.

use reqwest::{Method, StatusCode};

use super::world::{Answer, World};

async fn page(world: &World, number: &str, language: &str) -> Answer {
    let request = world.request(Method::GET, &format!("/o/{number}")).header("accept-language", language);
    world.send(&world.kiosk(), request).await
}

/// The page without what is different each time.
fn shown(answer: &Answer, number: &str) -> String {
    let text = String::from_utf8(answer.bytes.clone()).unwrap();
    let nonce = text.split("nonce=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(answer.headers["content-security-policy"].to_str().unwrap().contains(&nonce));
    let parsed: kortautomat::domain::number::Number = number.parse().unwrap();
    text.replace(&nonce, "").replace(&parsed.to_string(), "")
}

#[tokio::test]
async fn a_known_number_looks_like_an_unknown_one() {
    let world = World::new().await;
    let order = world.ordered("ingridh").await;
    let known = page(&world, &order.number, "en").await;
    let unknown = page(&world, "K1ABC2343", "en").await;
    assert_eq!((known.status, unknown.status), (StatusCode::OK, StatusCode::OK));
    assert_eq!(shown(&known, &order.number), shown(&unknown, "K1ABC2343"));
    let text = String::from_utf8(known.bytes).unwrap();
    assert!(!text.contains("Ingrid") && text.contains("Order number"), "{text}");
}

#[tokio::test]
async fn it_speaks_the_browsers_language() {
    let world = World::new().await;
    for (language, tag, word) in [
        ("nb-NO", "nb", "bestilling"),
        ("nn", "nn", "tinging"),
        ("en-GB,en", "en", "order"),
        ("de", "en", "order"),
    ] {
        let page = page(&world, "K1ABC2343", language).await;
        assert_eq!(page.headers["content-language"], tag);
        let text = String::from_utf8(page.bytes).unwrap();
        assert!(
            text.contains(&format!("<html lang=\"{tag}\">")) && text.contains(word),
            "{language}: {text}"
        );
    }
    let none = page(&world, "%3Cscript%3E", "en").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    assert!(!String::from_utf8(none.bytes).unwrap().contains("script"));
}
