use std::time::Duration;

use aes::cipher::{generic_array::GenericArray, BlockCipher, NewBlockCipher};
use aes::Aes128;
use quinn_proto::{ConnectionId, ConnectionIdGenerator};
use rand::RngCore;

/// Connection IDs that name this server to load balancers (draft-ietf-quic-load-balancers-21,
/// sections 5.2 to 5.4):
///
/// ```text
///   octet 0                              1 ...
///   +---------------+------------------+-----------+-------+
///   | rotation bits | length or random | server ID | nonce |
///   +---------------+------------------+-----------+-------+
///     7 6 5           4 3 2 1 0        | AES-128-ECB, if there is a key and these are 16 octets
/// ```
#[derive(Clone)]
pub struct QuicLb {
    rotation_bits: u8,
    server_id: Vec<u8>,
    nonce_length: usize,
    encodes_length: bool,
    cipher: Option<Aes128>,
}

impl QuicLb {
    /// Checks what the draft's section 5.2 demands. An empty key means plaintext.
    pub fn new(
        rotation_bits: u8,
        server_id: Vec<u8>,
        nonce_length: usize,
        encodes_length: bool,
        key: &[u8],
    ) -> Result<Self, &'static str> {
        let length = server_id.len() + nonce_length;
        if rotation_bits > 6 || server_id.is_empty() || nonce_length < 4 || length > 19 {
            return Err("rotation bits are 0 to 6, a server ID has 1 octet or more, a nonce 4 or more, both at most 19");
        }
        if !key.is_empty() && (key.len() != 16 || length != 16) {
            return Err("with a key of 16 octets, server ID and nonce have 16 octets together");
        }
        let cipher = (!key.is_empty()).then(|| Aes128::new(GenericArray::from_slice(key)));
        Ok(QuicLb {
            rotation_bits,
            server_id,
            nonce_length,
            encodes_length,
            cipher,
        })
    }
}

impl ConnectionIdGenerator for QuicLb {
    /// A nonce must not come twice under one key: random ones of 8 octets do not before there are
    /// billions of them.
    fn generate_cid(&mut self) -> ConnectionId {
        let mut id = vec![0; self.cid_len()];
        rand::thread_rng().fill_bytes(&mut id);
        let low = if self.encodes_length {
            id.len() as u8 - 1
        } else {
            id[0] & 0x1f
        };
        id[0] = self.rotation_bits << 5 | low;
        id[1..=self.server_id.len()].copy_from_slice(&self.server_id);
        if let Some(cipher) = &self.cipher {
            cipher.encrypt_block(GenericArray::from_mut_slice(&mut id[1..17]));
        }
        ConnectionId::new(&id)
    }

    fn cid_len(&self) -> usize {
        1 + self.server_id.len() + self.nonce_length
    }

    fn cid_lifetime(&self) -> Option<Duration> {
        None
    }
}
