use super::MediaFile;

/// What a workbook does not say. Texts come with the tag of their language, or without one for the first language.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The name of the workbook's file without its ending: the id of the plan where the settings give none.
    pub name: String,
    /// The plan's id.
    pub id: Option<String>,
    /// The tag of the language of columns that name none.
    pub language: Option<String>,
    /// Who asks.
    pub asker: Vec<(Option<String>, String)>,
    /// Why.
    pub purpose: Vec<(Option<String>, String)>,
    /// What becomes of the answers.
    pub notice: Vec<(Option<String>, String)>,
    /// The text of a plan that gets the questionnaire and its lists; what of them it has by the same ids is replaced.
    pub into: Option<String>,
    /// Files beside the workbook that its pictures are looked for in. None: none were given.
    pub media: Option<Vec<MediaFile>>,
}
