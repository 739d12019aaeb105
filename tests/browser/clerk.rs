//! The office in the browser, as a clerk uses it from the keys to the printed result.

mod checking;
mod combining;
mod comparing;
mod counting;
mod deciding;
mod designing;
mod editing;
mod hall;
mod importing;
mod keyboard;
mod knowing;
mod many;
mod printing;
mod progressing;
mod receiver;
mod rectifying;
mod refusing;
mod reopening;
mod setting_up;
mod steering;
mod stepping;
mod suggesting;
mod trending;
mod viewing;
