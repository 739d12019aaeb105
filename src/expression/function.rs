macro_rules! functions {
    ($($variant:ident $name:literal $least:literal $most:literal)*) => {
        /// A function of ODK that expressions may call.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Function { $(#[doc = $name] $variant,)* }

        impl Function {
            /// Every function in the order of the enum, with its name, and how many values it takes at least and at most
            /// ([`MANY`]: any number).
            pub const ALL: &[(Function, &'static str, u8, u8)] = &[$((Function::$variant, $name, $least, $most),)*];
        }
    };
}

/// In [`Function::ALL`]: as many values as one likes.
pub const MANY: u8 = 255;

functions! {
    // Texts.
    String "string" 0 1
    Concat "concat" 1 255
    Join "join" 1 255
    Substr "substr" 2 3
    Substring "substring" 2 3
    SubstringBefore "substring-before" 2 2
    SubstringAfter "substring-after" 2 2
    Translate "translate" 3 3
    StringLength "string-length" 1 1
    NormalizeSpace "normalize-space" 0 1
    Contains "contains" 2 2
    StartsWith "starts-with" 2 2
    EndsWith "ends-with" 2 2
    Uuid "uuid" 0 1
    Digest "digest" 2 3
    Base64Decode "base64-decode" 1 1
    // Truth.
    If "if" 3 3
    Coalesce "coalesce" 2 2
    Once "once" 1 1
    True "true" 0 0
    False "false" 0 0
    Boolean "boolean" 1 1
    BooleanFromString "boolean-from-string" 1 1
    Not "not" 1 1
    Regex "regex" 2 2
    Checklist "checklist" 2 255
    WeightedChecklist "weighted-checklist" 2 255
    // Numbers.
    Number "number" 0 1
    Random "random" 0 0
    Int "int" 1 1
    Floor "floor" 1 1
    Ceiling "ceiling" 1 1
    Round "round" 1 2
    Sum "sum" 1 1
    Max "max" 1 255
    Min "min" 1 255
    Pi "pi" 0 0
    Exp10 "exp10" 1 1
    Abs "abs" 1 1
    // From here to `Pow` the host works them out, by their names.
    Sqrt "sqrt" 1 1
    Exp "exp" 1 1
    Log "log" 1 1
    Log10 "log10" 1 1
    Sin "sin" 1 1
    Cos "cos" 1 1
    Tan "tan" 1 1
    Asin "asin" 1 1
    Acos "acos" 1 1
    Atan "atan" 1 1
    Atan2 "atan2" 2 2
    Pow "pow" 2 2
    // Sets of nodes.
    Count "count" 1 1
    CountNonEmpty "count-non-empty" 1 1
    Position "position" 0 1
    Last "last" 0 0
    Instance "instance" 1 1
    Current "current" 0 0
    Randomize "randomize" 1 2
    IndexedRepeat "indexed-repeat" 3 7
    // Dates and times.
    Today "today" 0 0
    Now "now" 0 0
    Date "date" 1 1
    DateTime "date-time" 1 1
    FormatDate "format-date" 2 2
    FormatDateTime "format-date-time" 2 2
    DecimalDateTime "decimal-date-time" 1 1
    DecimalTime "decimal-time" 1 1
    // Choices.
    Selected "selected" 2 2
    SelectedAt "selected-at" 2 2
    CountSelected "count-selected" 1 1
    ChoiceName "jr:choice-name" 2 2
    // Places.
    Area "area" 1 255
    Distance "distance" 1 255
    Geofence "geofence" 2 2
}

impl Function {
    /// The name in expressions.
    pub fn name(self) -> &'static str {
        Function::ALL[self as usize].1
    }

    /// Whether it looks at every node of a set, where others take the first one's value.
    pub(super) fn takes_nodes(self) -> bool {
        use Function as F;
        matches!(
            self,
            F::Concat
                | F::Join
                | F::Sum
                | F::Max
                | F::Min
                | F::Checklist
                | F::WeightedChecklist
                | F::Count
                | F::CountNonEmpty
                | F::Position
                | F::Randomize
                | F::IndexedRepeat
                | F::Area
                | F::Distance
        )
    }
}
