use crate::batch::{CryptoError, Link, LinkError, plan_digest, read_link, verify_link};
use crate::browser::{crypto::Web, net};
use crate::plan::{Cell, Plan, WhenFull, read};
use crate::session::{Opening, PlanRef};
use crate::ui::device::{Device, PlanError};
use std::rc::Rc;

/// What a resident's link invites to: it was checked against the plan's keys.
pub struct Invitation {
    pub token: String,
    pub link: Link,
    pub plan: Rc<Plan>,
}

/// Why a link leads to no questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Cut, changed, or of another kind.
    BadLink,
    /// The plan carries no key that signed the link.
    Forged,
    Plan(PlanError),
    /// The plan that came does not have what the link names, or cannot be run.
    Unfit(String),
    /// First or last day of the round.
    NotYet(String),
    Closed(String),
    /// No cryptography here: an address without https.
    Insecure,
}

impl Invitation {
    /// Reads the link, finds its plan and checks both. `kept`: plans may be looked up and kept on the device. `today`:
    /// `YYYY-MM-DD` where the resident is.
    pub async fn open(device: Device, kept: bool, token: &str, today: &str) -> Result<Invitation, Trouble> {
        let link = read_link(token).map_err(|_| Trouble::BadLink)?;
        let plan = match kept {
            true => device.fetch_plan(&link.file, &link.plan).await,
            false => fetch_unkept(&link).await,
        };
        let plan = plan.map_err(Trouble::Plan)?;
        let keys = plan.keys.as_ref().map_or(&[][..], |keys| &keys.sign);
        match verify_link(&Web, token, keys).await {
            Ok(_) => {}
            Err(LinkError::Crypto(CryptoError::Unavailable)) => return Err(Trouble::Insecure),
            Err(_) => return Err(Trouble::Forged),
        }
        let Some(round) = plan.round(&link.round) else { return Err(Trouble::Unfit(link.round)) };
        // Dates of this form compare as texts.
        if let Some(opens) = round.opens.as_deref().filter(|opens| today < *opens) {
            return Err(Trouble::NotYet(opens.to_owned()));
        }
        if let Some(closes) = round.closes.as_deref().filter(|closes| today > *closes) {
            return Err(Trouble::Closed(closes.to_owned()));
        }
        Ok(Invitation { token: token.to_owned(), link, plan })
    }

    /// Whether a resident of this link is held to a cell of a quota.
    pub fn is_held(&self, cell: &Cell) -> bool {
        let link = &self.link;
        cell.residents
            && cell.when_full == WhenFull::ScreenOut
            && cell.admits(link.mode, link.rater_group.as_deref(), link.stratum.as_deref())
    }

    /// Whether quotas hold residents of this link at all.
    pub fn holds(&self) -> bool {
        self.plan.cells().iter().any(|cell| self.is_held(cell))
    }

    pub fn opening(&self) -> Opening {
        Opening {
            plan: PlanRef {
                id: self.plan.id.clone(),
                version: self.plan.version.clone(),
                digest: self.link.plan.clone(),
            },
            round: self.link.round.clone(),
            questionnaire: self.link.questionnaire.clone(),
            mode: self.link.mode,
            rater_group: self.link.rater_group.clone(),
            stratum: self.link.stratum.clone(),
            link: Some(self.token.clone()),
            full: Vec::new(),
        }
    }
}

async fn fetch_unkept(link: &Link) -> Result<Rc<Plan>, PlanError> {
    let answer = net::fetch_text(&link.file).await.ok_or(PlanError::Offline)?;
    if answer.status != 200 {
        return Err(PlanError::Missing(answer.status));
    }
    if plan_digest(&Web, answer.body.as_bytes()).await.ok().as_ref() != Some(&link.plan) {
        return Err(PlanError::Changed);
    }
    read(&answer.body).map(Rc::new).map_err(|error| PlanError::Unreadable(error.to_string()))
}

/// The day where the resident is, `YYYY-MM-DD`.
pub fn today() -> String {
    let now = js_sys::Date::new_0();
    let mut day = String::with_capacity(10);
    for (part, separator) in [(now.get_full_year(), ""), (now.get_month() + 1, "-"), (now.get_date(), "-")] {
        day.push_str(separator);
        day.push_str(if part < 10 { "0" } else { "" });
        day.push_str(&part.to_string());
    }
    day
}
