use super::new::FINGERPRINT;
use crate::batch::{fingerprint, thumbprint};
use crate::native::cli::office::{Passphrase, read_keys};
use crate::native::cli::{Cell, Column, Context, Exit, Failure, Format, Table};
use crate::native::crypto::Native;
use clap::Args;
use pollster::block_on;
use std::path::PathBuf;

#[derive(Args)]
pub struct Show {
    /// Key file
    file: PathBuf,
    #[command(flatten)]
    passphrase: Passphrase,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const COLUMNS: &[Column] = &[
    Column::new("purpose", "用途", "purpose"),
    Column::new("thumbprint", "标识", "thumbprint"),
    Column::new("jwk", "公钥（JWK）", "public key (JWK)"),
];

impl Show {
    pub fn run(self, context: &Context) -> Result<Exit, Failure> {
        let secrets = read_keys(&self.file, &self.passphrase)?;
        let mut table = Table::new(COLUMNS);
        for (purpose, key) in [("seal", &secrets.seal_public), ("sign", &secrets.sign_public)] {
            let print = block_on(thumbprint(&Native, key)).map_err(|error| Failure::told(Exit::Trouble, error))?;
            table.push(vec![Cell::text(purpose), Cell::text(print.as_str()), Cell::text(key.thumbprint_input())]);
        }
        if self.format == Format::Table {
            let print = block_on(fingerprint(&Native, &secrets.public()))
                .map_err(|error| Failure::told(Exit::Trouble, error))?;
            context.say(&format!("{}: {print}", context.lang.pick(FINGERPRINT)))?;
        }
        context.show(&table, self.format)?;
        Ok(Exit::Done)
    }
}
