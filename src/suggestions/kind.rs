use crate::language::Words;

/// What may point to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Kind {
    Name,
    Phone,
    Identity,
    Bank,
    Mail,
    Plate,
    Account,
    Door,
    Number,
}

impl Kind {
    pub const ALL: [Kind; 9] = [
        Kind::Name,
        Kind::Phone,
        Kind::Identity,
        Kind::Bank,
        Kind::Mail,
        Kind::Plate,
        Kind::Account,
        Kind::Door,
        Kind::Number,
    ];
    /// In the order of [`Self::ALL`].
    pub const CODES: [&str; 9] = ["name", "phone", "identity", "bank", "mail", "plate", "account", "door", "number"];

    /// In files and arguments.
    pub fn code(self) -> &'static str {
        Kind::CODES[self as usize]
    }

    /// For people; what stands in the place of the words that are masked, in brackets.
    pub fn words(self) -> Words {
        match self {
            Kind::Name => Words::pair("姓名", "name"),
            Kind::Phone => Words::pair("电话", "phone number"),
            Kind::Identity => Words::pair("证件号", "identity number"),
            Kind::Bank => Words::pair("银行卡号", "card number"),
            Kind::Mail => Words::pair("邮箱", "e-mail"),
            Kind::Plate => Words::pair("车牌", "number plate"),
            Kind::Account => Words::pair("账号", "account"),
            Kind::Door => Words::pair("门牌", "door number"),
            Kind::Number => Words::pair("号码", "number"),
        }
    }
}
