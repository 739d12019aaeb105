//! The accessibility check (axe-core, from npm) of what the page shows now.

use super::Browser;
use serde_json::Value;

impl Browser {
    /// Fails when axe-core finds a violation of WCAG 2.2 A or AA, or of its best practices, on the page as it stands.
    pub async fn expect_accessible(&self, screen: &str) {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/node_modules/axe-core/axe.min.js");
        let source = std::fs::read_to_string(path)
            .unwrap_or_else(|error| panic!("{path}: {error}: run scripts/toolchain to install it"));
        // What the driver runs is not bound by the page's policy; a script element would be.
        let script = format!(
            "const done = arguments[arguments.length - 1];
             {source}
             ;(window.axe || axe).run(document, {{ resultTypes: ['violations'] }}).then((result) => done(
                 result.violations.map((v) => ({{ rule: v.id, help: v.help, impact: v.impact,
                     nodes: v.nodes.slice(0, 5).map((n) => n.target.join(' ') + ': ' + (n.failureSummary || '')) }}))),
                 (error) => done('axe-core failed: ' + error));"
        );
        let found = self.client.execute_async(&script, Vec::new()).await.expect("axe-core runs");
        let Value::Array(found) = found else { panic!("{:?}, {screen}: {found}", self.engine) };
        assert!(found.is_empty(), "{:?}: {screen} is not accessible: {:#}", self.engine, Value::Array(found.clone()));
    }
}
