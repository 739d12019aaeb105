/// A function of ODK that expressions may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    Not,
    True,
    False,
    Selected,
    CountSelected,
    StringLength,
    If,
    Coalesce,
}

impl Function {
    /// Every function in the order of the enum, with its name and how many values it takes.
    pub const ALL: [(Function, &'static str, usize); 8] = [
        (Function::Not, "not", 1),
        (Function::True, "true", 0),
        (Function::False, "false", 0),
        (Function::Selected, "selected", 2),
        (Function::CountSelected, "count-selected", 1),
        (Function::StringLength, "string-length", 1),
        (Function::If, "if", 3),
        (Function::Coalesce, "coalesce", 2),
    ];
}
