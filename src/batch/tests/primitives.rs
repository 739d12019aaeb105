//! [`Native`] and the pure code over it against published vectors.
use super::*;
use crate::batch::key_agreement::concat_kdf;

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<char> = text.chars().filter(|x| !x.is_whitespace()).collect();
    digits.chunks(2).map(|x| u8::from_str_radix(&x.iter().collect::<String>(), 16).unwrap()).collect()
}

fn key(x: &str, y: &str, d: &str) -> PrivateKey {
    PrivateKey { kty: "EC".into(), crv: "P-256".into(), x: x.into(), y: y.into(), d: d.into() }
}

#[test]
fn es256_agrees_with_rfc_7515_a_3() {
    let key = key(
        "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI",
    );
    let input = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let signature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    let signature = base64url::decode(signature).unwrap();
    assert_eq!(block_on(Native.verify(&key.public(), input.as_bytes(), &signature)), Ok(true));
    assert_eq!(block_on(Native.verify(&key.public(), b"another", &signature)), Ok(false));
    // The private half of the vector makes signatures that its public half accepts.
    let private = block_on(Native.import_sign(&key)).unwrap();
    let own = block_on(Native.sign(&private, b"another")).unwrap();
    assert_eq!(block_on(Native.verify(&key.public(), b"another", &own)), Ok(true));
}

#[test]
fn key_agreement_agrees_with_rfc_7518_appendix_c() {
    let alice = key(
        "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0",
        "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps",
        "0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo",
    );
    let bob = key(
        "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
        "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck",
        "VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw",
    );
    let agreed = |own: &PrivateKey, peer: &PrivateKey| {
        let own = block_on(Native.import_agree(own)).unwrap();
        block_on(Native.agree(&own, &peer.public())).unwrap()
    };
    let z = [
        158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156, 251, 49, 110, 163, 218, 128, 106,
        72, 246, 218, 167, 121, 140, 254, 144, 196,
    ];
    assert_eq!(agreed(&alice, &bob), z);
    assert_eq!(agreed(&bob, &alice), z);
    let derived = block_on(concat_kdf(&Native, &z, b"A128GCM", b"Alice", b"Bob", 128)).unwrap();
    assert_eq!(base64url::encode(&derived[..16]), "VqqN6vgjbSBcIijNcacQGg");
}

#[test]
fn key_wrap_agrees_with_rfc_3394_4_6() {
    let kek = hex("000102030405060708090A0B0C0D0E0F 101112131415161718191A1B1C1D1E1F").try_into().unwrap();
    let data = hex("00112233445566778899AABBCCDDEEFF 000102030405060708090A0B0C0D0E0F").try_into().unwrap();
    let wrapped = hex("28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326 CBC7F0E71A99F43BFB988B9B7A02DD21");
    assert_eq!(block_on(Native.wrap_key(&kek, &data)).unwrap().to_vec(), wrapped);
    assert_eq!(block_on(Native.unwrap_key(&kek, &wrapped)), Ok(data));
    let mut changed = wrapped.clone();
    changed[7] ^= 1;
    for bad in [&changed[..], &wrapped[..32], b""] {
        assert_eq!(block_on(Native.unwrap_key(&kek, bad)), Err(CryptoError::Refused));
    }
}

/// Test case 16 of the GCM submission to NIST (McGrew and Viega).
#[test]
fn aes_256_gcm_agrees_with_its_submission() {
    let key = hex("feffe9928665731c6d6a8f9467308308 feffe9928665731c6d6a8f9467308308").try_into().unwrap();
    let iv = hex("cafebabefacedbaddecaf888").try_into().unwrap();
    let aad = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    let plain = hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
         1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    let sealed = hex("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
         8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662 76fc6ece0f4e1768cddf8853bb2d551b");
    assert_eq!(block_on(Native.encrypt(&key, &iv, &aad, &plain)).unwrap(), sealed);
    assert_eq!(block_on(Native.decrypt(&key, &iv, &aad, &sealed)).unwrap(), plain);
    assert_eq!(block_on(Native.decrypt(&key, &iv, b"", &sealed)), Err(CryptoError::Refused));
    assert_eq!(block_on(Native.decrypt(&key, &iv, &aad, b"short")), Err(CryptoError::Refused));
}

/// The values that the PBKDF2 of Python's `hashlib` gives.
#[test]
fn pbkdf2_with_sha_512_agrees_with_another_implementation() {
    for (password, salt, iterations, expected) in [
        ("password", "salt", 1, "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252"),
        ("password", "salt", 4096, "d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5"),
    ] {
        let key = block_on(Native.pbkdf2_sha512(password.as_bytes(), salt.as_bytes(), iterations)).unwrap();
        assert_eq!(key.to_vec(), hex(expected));
    }
    assert_eq!(block_on(Native.pbkdf2_sha512(b"x", b"y", 0)), Err(CryptoError::BadKey));
}

#[test]
fn a_thumbprint_agrees_with_rfc_9449_section_6_1() {
    let key = PublicKey::p256(
        "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs".into(),
        "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA".into(),
    );
    let expected = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    assert_eq!(block_on(thumbprint(&Native, &key)).unwrap().as_str(), expected);
}

#[test]
fn a_point_off_the_curve_is_no_key_for_anything() {
    let good = block_on(Native.generate_agree()).unwrap();
    let off = PublicKey { y: base64url::encode(&[1; 32]), ..good.1.clone() };
    let wrong_curve = PublicKey { crv: "P-384".into(), ..good.1.clone() };
    let short = PublicKey { x: base64url::encode(&[1; 31]), ..good.1.clone() };
    for bad in [off, wrong_curve, short] {
        assert_eq!(block_on(Native.agree(&good.0, &bad)), Err(CryptoError::BadKey));
        assert_eq!(block_on(Native.agree_ephemeral(&bad)).unwrap_err(), CryptoError::BadKey);
        assert_eq!(block_on(Native.verify(&bad, b"x", &[0; 64])), Err(CryptoError::BadKey));
    }
}

#[test]
fn a_key_made_for_one_device_cannot_be_exported_and_an_offices_can() {
    let (device, _) = block_on(Native.generate_sign(false)).unwrap();
    assert_eq!(block_on(Native.export_sign(&device)).unwrap_err(), CryptoError::BadKey);
    let (office, public) = block_on(Native.generate_sign(true)).unwrap();
    let exported = block_on(Native.export_sign(&office)).unwrap();
    assert_eq!(exported.public(), public);
    let again = block_on(Native.import_sign(&exported)).unwrap();
    let signature = block_on(Native.sign(&again, b"x")).unwrap();
    assert_eq!(block_on(Native.verify(&public, b"x", &signature)), Ok(true));
}
