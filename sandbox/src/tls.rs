//! https for the sandbox, with its own certificate authority, to test proxies that verify their upstream.

use std::io;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// A certificate authority for tests.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A name with its certificate and key.
#[derive(Clone)]
pub struct Identity {
    /// The certificate in PEM.
    pub certificate: String,
    /// The private key in PEM.
    pub key: String,
    certificate_der: Vec<u8>,
    key_der: Vec<u8>,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str(&self.certificate)
    }
}

impl Authority {
    /// A new authority that nobody else trusts.
    ///
    /// # Errors
    /// If no key can be generated.
    pub fn new() -> io::Result<Self> {
        let mut parameters = CertificateParams::default();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.distinguished_name.push(DnType::CommonName, "Authority of the sandbox");
        let key = KeyPair::generate().map_err(io::Error::other)?;
        CertifiedIssuer::self_signed(parameters, key).map(Self).map_err(io::Error::other)
    }

    /// Its certificate in PEM.
    pub fn certificate(&self) -> String {
        self.0.pem()
    }

    /// Issues a certificate for a host name.
    ///
    /// # Errors
    /// If it isn't a valid host name.
    pub fn certify(&self, name: &str) -> io::Result<Identity> {
        let mut parameters = CertificateParams::new(vec![name.to_owned()]).map_err(io::Error::other)?;
        parameters.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().map_err(io::Error::other)?;
        let certificate = parameters.signed_by(&key, &self.0).map_err(io::Error::other)?;
        Ok(Identity {
            certificate: certificate.pem(),
            key: key.serialize_pem(),
            certificate_der: certificate.der().to_vec(),
            key_der: key.serialize_der(),
        })
    }
}

impl Identity {
    pub(crate) fn acceptor(&self) -> io::Result<TlsAcceptor> {
        let chain = vec![CertificateDer::from(self.certificate_der.clone())];
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key_der.clone()));
        let config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key);
        Ok(TlsAcceptor::from(Arc::new(config.map_err(io::Error::other)?)))
    }
}
