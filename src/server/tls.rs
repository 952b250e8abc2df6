//! TLS with an authority of the server's own, which `kortserver init` makes and every terminal pins when it is enrolled. The
//! authority stays in the data folder; the certificate that it vouches for lives in memory, ninety days long, and another one
//! takes its place a month before it ends.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use sha2::{Digest, Sha256};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use zeroize::Zeroizing;

/// A certificate is good for so long.
const LIFE: SignedDuration = SignedDuration::from_hours(90 * 24);
/// It is renewed when it has less left than this.
const LEFT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// A handshake takes at most so long, and so many are under way at once.
const PATIENCE: Duration = Duration::from_secs(15);
const HANDSHAKES: usize = 256;

const FOLDER: &str = "tls";
const CERTIFICATE: &str = "authority.der";
const KEY: &str = "authority.key";

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{path} cannot be written or read")]
    File { path: PathBuf, source: io::Error },
    #[error("a certificate cannot be made")]
    Making(#[from] rcgen::Error),
    #[error("the certificate cannot be used")]
    Using(#[from] rustls::Error),
    #[error(
        "{0} holds no authority for TLS: `kortserver init` makes one, `kortserver authority` where it is missing"
    )]
    None(PathBuf),
    #[error("say with --tls-name by which name or address terminals reach this server")]
    NoName,
    #[error("the time is beyond the calendar")]
    Time,
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::File { path, source }
}

/// Where the authority is kept in a data folder.
pub fn folder(data: &Path) -> PathBuf {
    data.join(FOLDER)
}

/// Who vouches for the server.
pub struct Authority {
    certificate: CertificateDer<'static>,
    key: KeyPair,
}

/// Always the same: what differs between two servers is the key. It begins long before any clock that is nearly right.
fn described() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2099, 12, 31);
    params.distinguished_name = named("Kortautomat authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

fn named(name: &str) -> DistinguishedName {
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    distinguished
}

impl Authority {
    /// Makes the authority of a data folder, where there is none yet.
    pub fn make(data: &Path) -> Result<Self, Error> {
        if let Some(made) = Self::read(data)? {
            return Ok(made);
        }
        let folder = folder(data);
        std::fs::create_dir_all(&folder).map_err(failed(&folder))?;
        let key = KeyPair::generate()?;
        let certificate = described().self_signed(&key)?.der().clone();
        // the key first: where there is a certificate, there is its key
        write(&folder, KEY, &Zeroizing::new(key.serialize_der()))?;
        write(&folder, CERTIFICATE, &certificate)?;
        Ok(Self { certificate, key })
    }

    /// The authority of a data folder; none where none was made.
    pub fn read(data: &Path) -> Result<Option<Self>, Error> {
        let folder = folder(data);
        let (certificate, key) = (folder.join(CERTIFICATE), folder.join(KEY));
        if !certificate.exists() {
            return Ok(None);
        }
        let der = std::fs::read(&certificate).map_err(failed(&certificate))?;
        let pkcs8 = Zeroizing::new(std::fs::read(&key).map_err(failed(&key))?);
        Ok(Some(Self { certificate: der.into(), key: KeyPair::try_from(pkcs8.as_slice())? }))
    }

    /// What terminals pin: SHA-256 of its certificate.
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(&self.certificate).into()
    }

    /// A certificate for a server of these names.
    fn issue(&self, names: &[String], until: Timestamp) -> Result<CertifiedKey, Error> {
        let until = until.to_zoned(TimeZone::UTC).date();
        let part = |part: i8| u8::try_from(part).map_err(|_| Error::Time);
        let mut params = CertificateParams::new(names)?;
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(i32::from(until.year()), part(until.month())?, part(until.day())?);
        params.distinguished_name = named("Kortautomat server");
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate()?;
        let description = described();
        let issued = params.signed_by(&key, &Issuer::from_params(&description, &self.key))?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let key = aws_lc_rs::sign::any_supported_type(&key)?;
        // the authority goes with it: a terminal knows no more of it than its hash
        Ok(CertifiedKey::new(vec![issued.der().clone(), self.certificate.clone()], key))
    }
}

/// Whole on the disk, readable by this account only.
fn write(folder: &Path, name: &str, content: &[u8]) -> Result<(), Error> {
    let (path, beside) = (folder.join(name), folder.join(format!("{name}.new")));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&beside).and_then(|mut file| {
        file.write_all(content)?;
        file.sync_all()
    });
    written.map_err(failed(&beside))?;
    std::fs::rename(&beside, &path).map_err(failed(&path))?;
    #[cfg(unix)]
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed(folder))?;
    Ok(())
}

/// The certificate that is shown, and its end.
pub struct Certificates {
    authority: Authority,
    names: Vec<String>,
    shown: RwLock<(Arc<CertifiedKey>, Timestamp)>,
}

impl Certificates {
    pub fn new(authority: Authority, names: Vec<String>, now: Timestamp) -> Result<Self, Error> {
        if names.is_empty() {
            return Err(Error::NoName);
        }
        let until = now.saturating_add(LIFE).map_err(|_| Error::Time)?;
        let first = authority.issue(&names, until)?;
        Ok(Self { authority, names, shown: RwLock::new((Arc::new(first), until)) })
    }

    /// Puts another one in its place if it ends soon; answers whether it did.
    pub fn renew(&self, now: Timestamp) -> Result<bool, Error> {
        let ends = self.shown.read().unwrap_or_else(PoisonError::into_inner).1;
        if ends.duration_since(now) > LEFT {
            return Ok(false);
        }
        let until = now.saturating_add(LIFE).map_err(|_| Error::Time)?;
        let next = Arc::new(self.authority.issue(&self.names, until)?);
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = (next, until);
        Ok(true)
    }
}

impl std::fmt::Debug for Certificates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Certificates({:?})", self.names)
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner).0))
    }
}

/// Connections that have come through their handshake. Each shakes hands by itself: one that is slow holds up nobody.
pub struct Listener {
    address: SocketAddr,
    incoming: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    accepting: JoinHandle<()>,
}

impl Listener {
    pub fn over(listener: TcpListener, certificates: Arc<Certificates>) -> Result<Self, Error> {
        let address = listener.local_addr().map_err(failed(Path::new("")))?;
        let mut config = rustls::ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(certificates);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let (through, incoming) = mpsc::channel(1);
        let accepting = tokio::spawn(accept(listener, acceptor, through));
        Ok(Self { address, incoming, accepting })
    }
}

async fn accept(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    through: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    let places = Arc::new(Semaphore::new(HANDSHAKES));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let (stream, from) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                // most often no free file: closing connections will free some
                tracing::warn!(%error, "a connection cannot be accepted");
                tokio::time::sleep(Duration::from_millis(200)).await;
                continue;
            }
        };
        let (acceptor, through) = (acceptor.clone(), through.clone());
        tokio::spawn(async move {
            let _place = place;
            match tokio::time::timeout(PATIENCE, acceptor.accept(stream)).await {
                // nobody takes it any more: the server stops
                Ok(Ok(stream)) => drop(through.send((stream, from)).await),
                Ok(Err(error)) => tracing::debug!(%error, "no TLS"),
                Err(_) => tracing::debug!("no TLS in time"),
            }
        });
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl axum::serve::Listener for Listener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        match self.incoming.recv().await {
            Some(accepted) => accepted,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_is_made_once_and_read_back() {
        let data = tempfile::tempdir().unwrap();
        assert!(Authority::read(data.path()).unwrap().is_none());
        let made = Authority::make(data.path()).unwrap();
        let read = Authority::read(data.path()).unwrap().unwrap();
        assert_eq!(read.fingerprint(), made.fingerprint());
        assert_eq!(Authority::make(data.path()).unwrap().fingerprint(), made.fingerprint());
        let other = tempfile::tempdir().unwrap();
        assert_ne!(Authority::make(other.path()).unwrap().fingerprint(), made.fingerprint());
    }

    #[test]
    fn a_certificate_is_renewed_before_it_ends() {
        let data = tempfile::tempdir().unwrap();
        let authority = Authority::make(data.path()).unwrap();
        let begin: Timestamp = "2026-11-16T08:00:00Z".parse().unwrap();
        assert!(matches!(
            Certificates::new(Authority::read(data.path()).unwrap().unwrap(), vec![], begin),
            Err(Error::NoName)
        ));
        let certificates = Certificates::new(authority, vec!["kort.example".into()], begin).unwrap();
        let day = |days: i64| begin + SignedDuration::from_hours(24 * days);
        assert!(!certificates.renew(day(59)).unwrap());
        assert!(certificates.renew(day(61)).unwrap());
        assert!(!certificates.renew(day(61 + 59)).unwrap());
        assert!(certificates.renew(day(1_000)).unwrap());
    }
}
