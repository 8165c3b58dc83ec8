//! The receipt of an erasure: what was destroyed and when, signed, to be checked by anyone who has the server's key.

use baro_wire::{Receipt, Signature};

/// What the server signs.
pub fn signed_bytes(receipt: &Receipt) -> Vec<u8> {
    [
        b"baro erasure 1\0".as_slice(),
        &receipt.post.0,
        &receipt.person.0,
        &receipt.erased_ms.to_le_bytes(),
        &receipt.records.to_le_bytes(),
        &receipt.posts.to_le_bytes(),
        &receipt.audit.0,
    ]
    .concat()
}

/// With the server's signature.
pub fn seal(receipt: Receipt, sign: impl FnOnce(&[u8]) -> Signature) -> Receipt {
    Receipt { signature: sign(&signed_bytes(&receipt)), ..receipt }
}

/// Did the server sign it?
pub fn check(receipt: &Receipt, verify: impl FnOnce(&[u8], &Signature) -> bool) -> bool {
    verify(&signed_bytes(receipt), &receipt.signature)
}

#[cfg(test)]
mod tests {
    use super::*;
    use baro_wire::{Digest, PersonId, PostId, sha256};

    fn sign(message: &[u8]) -> Signature {
        Signature { r: sha256(&[b"key", message]), s: Digest::default() }
    }

    #[test]
    fn a_receipt_can_t_be_changed() {
        let receipt = Receipt {
            post: PostId([1; 16]),
            person: PersonId([2; 16]),
            erased_ms: 3,
            records: 4,
            posts: 5,
            audit: Digest([6; 32]),
            signature: Signature { r: Digest::default(), s: Digest::default() },
        };
        let receipt = seal(receipt, sign);
        let holds = |receipt: &Receipt| check(receipt, |message, signature| sign(message) == *signature);
        assert!(holds(&receipt));
        assert!(!holds(&Receipt { records: 0, ..receipt }));
        assert!(!holds(&Receipt { person: PersonId([3; 16]), ..receipt }));
        assert!(!holds(&Receipt { erased_ms: 0, ..receipt }));
    }
}
