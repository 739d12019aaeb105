use super::*;

fn certificate(name: &str) -> Certificate {
    Certificate { course: "canvasser-1".into(), name: name.into(), on: "2026-11-30".into(), right: 11, of: 12 }
}

fn sign(scene: &Scene, certificate: &Certificate) -> String {
    block_on(sign_certificate(&Native, &scene.device, &scene.device_key, certificate)).unwrap()
}

#[test]
fn a_certificate_is_read_back_with_the_device_that_signed_it() {
    let scene = Scene::new();
    let text = sign(&scene, &certificate("王小明"));
    let found = block_on(verify_certificate(&Native, &text)).unwrap();
    assert_eq!(found.certificate, certificate("王小明"));
    assert_eq!(found.device, block_on(thumbprint(&Native, &scene.device_key)).unwrap());
    assert!(text.len() < 700, "{} bytes have to be a QR code that can be read", text.len());
    // A long name is cut, and breaks no line.
    let text = sign(&scene, &certificate(&["王\n", &"长".repeat(60)].concat()));
    let found = block_on(verify_certificate(&Native, &text)).unwrap().certificate.name;
    assert!(found.len() <= 100 && found.starts_with("王 长"));
}

#[test]
fn what_was_changed_or_is_no_certificate_is_refused() {
    let scene = Scene::new();
    let text = sign(&scene, &certificate("Li"));
    let (head, rest) = text.split_once('.').unwrap();
    let (payload, signature) = rest.split_once('.').unwrap();
    let better = base64url::decode(payload).unwrap();
    let better = String::from_utf8(better).unwrap().replace("\"right\":11", "\"right\":12");
    let forged = [head, &base64url::encode(better.as_bytes()), signature].join(".");
    assert_eq!(block_on(verify_certificate(&Native, &forged)), Err(CertificateError::BadSignature));
    let card = block_on(sign_card(&Native, &scene.device, &scene.device_key, "tablet")).unwrap();
    assert!(matches!(block_on(verify_certificate(&Native, &card)), Err(CertificateError::WrongKind(_))));
    assert!(matches!(block_on(verify_card(&Native, &text)), Err(CardError::WrongKind(_))));
    assert_eq!(block_on(verify_certificate(&Native, "paper")), Err(CertificateError::NotACertificate));
    for bad in [
        Certificate { right: 13, ..certificate("Li") },
        Certificate { on: "2026-02-30".into(), ..certificate("Li") },
        Certificate { on: "today".into(), ..certificate("Li") },
        certificate("  "),
    ] {
        let text = sign(&scene, &bad);
        let found = block_on(verify_certificate(&Native, &text));
        assert!(matches!(found, Err(CertificateError::BadContent(_))), "{bad:?}: {found:?}");
    }
}
