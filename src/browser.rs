//! The browser edge: storage, WebCrypto, clock, files, network, the service worker's client.
