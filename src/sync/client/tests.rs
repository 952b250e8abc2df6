use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;
use crate::wire::ProblemCode;

fn key() -> Key {
    Key::fleeting("K1".parse().unwrap(), Signer::from_bytes(&[0xAB; 32]), 1)
}

/// A client of something that answers every request with these bytes and hangs up.
async fn answering(answer: &'static str) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 65536];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    Client::new(&format!("http://{address}"), None, key()).unwrap()
}

const PORTAL: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 20\r\n\r\n<html>log in here</>";

#[test]
fn secrets_go_over_tls_or_stay_here() {
    let new = |server: &str| Client::new(server, None, key());
    for server in ["https://kort.example", "http://localhost:8080", "http://127.0.0.2:80", "http://[::1]:80/"]
    {
        assert!(new(server).is_ok(), "{server}");
    }
    for server in ["http://kort.example", "http://10.0.0.5:8080", "http://127.0.0.1.evil.example"] {
        assert!(matches!(new(server), Err(Error::Insecure(_))), "{server}");
    }
    for server in ["", "kort.example", "ftp://localhost", "https://"] {
        assert!(matches!(new(server), Err(Error::Address(_))), "{server}");
    }
    let client = new("https://kort.example").unwrap();
    assert_eq!(format!("{client:?} {:?}", client.key), "Client(https://kort.example/) Key(K1, ****)");
}

#[tokio::test]
async fn a_captive_portal_is_not_our_server() {
    let client = answering(PORTAL).await;
    let photo = client.put_photo(&[1; 32], Bytes::from_static(b"jpeg")).await;
    assert!(matches!(photo, Err(Error::NotOurServer { status: 200, .. })), "{photo:?}");
    let status = client.status().await;
    assert!(matches!(status, Err(Error::NotOurServer { status: 200, .. })), "{status:?}");
    let elsewhere =
        answering("HTTP/1.1 302 Found\r\nlocation: http://portal/\r\ncontent-length: 0\r\n\r\n").await;
    let status = elsewhere.status().await;
    assert!(matches!(status, Err(Error::NotOurServer { status: 302, .. })), "{status:?}");
}

#[tokio::test]
async fn a_refusal_keeps_its_code() {
    let client = answering(
        "HTTP/1.1 429 Too Many Requests\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n\
         {\"code\":\"locked\",\"detail\":\"five wrong passwords\",\"retry_after\":60}",
    )
    .await;
    match client.sign_in("kari", "secret").await {
        Err(Error::Refused(problem)) => {
            assert_eq!((problem.code, problem.retry_after), (ProblemCode::Locked, Some(60)));
        }
        other => panic!("{other:?}"),
    }
    let odd = answering(
        "HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{\"error\":1}",
    )
    .await;
    let status = odd.status().await;
    assert!(matches!(status, Err(Error::NotOurServer { status: 400, .. })), "{status:?}");
}

#[tokio::test]
async fn nobody_there_and_a_cut_answer_are_told_apart_from_a_no() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = Client::new(&format!("http://{address}"), None, key()).unwrap();
    assert!(matches!(client.status().await, Err(Error::Unreachable(_))));
    for answer in [
        "",
        "HTTP/1.1 200 OK\r\ncontent-ty",
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{\"vers",
    ] {
        let status = answering(answer).await.status().await;
        assert!(matches!(status, Err(Error::Unreachable(_))), "{answer:?}: {status:?}");
    }
}

#[tokio::test]
async fn an_answer_that_is_too_long_is_not_read() {
    let client = answering(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99999999999\r\n\r\n{",
    )
    .await;
    assert!(matches!(client.status().await, Err(Error::TooLarge { .. })));
}

#[tokio::test]
async fn a_call_is_carried_whole_by_whoever_carries_it() {
    let transport = Transport::of(|request| {
        Box::pin(async move {
            assert!(request.headers().contains_key(terminal::AUTHORIZATION));
            match (request.method().as_str(), request.uri().path(), request.body().as_ref()) {
                (
                    "PUT",
                    "/v1/photos/0707070707070707070707070707070707070707070707070707070707070707",
                    b"jpeg",
                ) => {
                    let yes = http::Response::builder().status(204).body(Bytes::new());
                    yes.map_err(|error| Lost::Line(error.to_string()))
                }
                ("GET", "/v1/status", b"") => Err(Lost::TimedOut),
                other => Err(Lost::Line(format!("{other:?}"))),
            }
        })
    });
    let client = Client::over(transport.unwrap(), "https://kort.example", key()).unwrap();
    client.put_photo(&[7; 32], Bytes::from_static(b"jpeg")).await.unwrap();
    assert!(matches!(client.status().await, Err(Error::TimedOut)));
    assert!(matches!(client.setup().await, Err(Error::Unreachable(_))));
}

#[tokio::test]
async fn a_time_out_on_the_way_is_no_stranger() {
    for answer in [
        "HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 504 Gateway Timeout\r\ncontent-type: text/html\r\ncontent-length: 0\r\n\r\n",
    ] {
        let status = answering(answer).await.status().await;
        assert!(matches!(status, Err(Error::TimedOut)), "{status:?}");
    }
}
