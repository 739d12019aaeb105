use super::crypto::Crypto;
use super::{CryptoError, thumbprint};
use crate::plan::{Digest, OfficeKeys};
use base64ct::{Base64UrlUnpadded, Encoding};

/// Thirty digits that stand for an office's public keys, in six groups: for two people to compare by voice or on paper.
/// Five digits from each five bytes of SHA-256 over the keys' thumbprints, in order of the plan.
pub async fn fingerprint<C: Crypto>(crypto: &C, keys: &OfficeKeys) -> Result<String, CryptoError> {
    let mut input = String::from("minping office keys\n");
    for (purpose, list) in [("seal ", &keys.seal), ("sign ", &keys.sign)] {
        for key in list {
            input.push_str(purpose);
            input.push_str(thumbprint(crypto, key).await?.as_str());
            input.push('\n');
        }
    }
    let digest = crypto.sha256(input.as_bytes()).await?;
    Ok(groups(&digest))
}

/// Thirty digits that stand for a plan file, its keys and receivers included, as [`fingerprint`] makes them: from its digest itself.
pub fn plan_digits(digest: &Digest) -> Option<String> {
    let bytes = Base64UrlUnpadded::decode_vec(digest.as_str()).ok().filter(|bytes| bytes.len() == 32)?;
    Some(groups(&bytes))
}

fn groups(digest: &[u8]) -> String {
    let groups: Vec<String> = digest
        .chunks_exact(5)
        .map(|bytes| {
            let number = bytes.iter().fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
            format!("{:05}", number % 100_000)
        })
        .collect();
    groups.join(" ")
}
