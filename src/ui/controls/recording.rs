use super::attachment::{Holder, State};
use super::frame::Asked;
use crate::browser::clock::sleep;
use crate::browser::media::{self, MediaError, Recording};
use crate::ui::answer::Live;
use crate::ui::element::{Element, button, el, group};
use crate::ui::words::attached as words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// Seconds, where the plan says nothing, and at most.
const USUAL: u64 = 60;
const LONGEST: u64 = 300;
/// Bytes of a second of speech, with something to spare.
const SECOND: u64 = 5_000;

/// A recording that may be going on. Copy: a handle that lives as long as the control.
#[derive(Clone, Copy)]
struct Recorder {
    holder: Holder,
    most: u64,
    running: StoredValue<Option<Rc<Recording>>, LocalStorage>,
    /// Seconds recorded so far.
    seconds: RwSignal<Option<u64>>,
    limit: RwSignal<u64>,
}

/// A voice: recorded with the microphone up to so many seconds, to be heard again and taken back.
pub fn recording(live: Live, index: usize) -> Element {
    let asked = Asked::read(live, index);
    let holder = Holder::new(&asked, true);
    let most = live.with(|session| session.item(index).max_seconds).map_or(USUAL, u64::from).min(LONGEST);
    let recorder = Recorder {
        holder,
        most,
        running: StoredValue::new_local(None),
        seconds: RwSignal::new(None),
        limit: RwSignal::new(most),
    };
    // What was said until then is kept.
    on_cleanup(move || recorder.stop());
    let language = asked.language;
    let value = live.value(index);
    let about = asked.label.clone();
    let player = move || {
        value.track();
        match holder.current().and_then(|name| live.attached_url(&name)) {
            Some(url) => el("audio", "").attr("controls", "").attr("src", &url).attr("aria-label", &about),
            None => group(),
        }
    };
    let running = move || usize::from(recorder.seconds.with(Option::is_some));
    let value = live.value(index);
    let buttons = move |running| match running {
        0 => {
            let value = value.clone();
            let start = move || {
                value.track();
                if holder.current().is_some() { words::SOUND_AGAIN } else { words::SOUND_START }
            };
            button("button")
                .live_flag("disabled", move || live.locked.get() || holder.state.get() == State::Working)
                .on("click", move |_| recorder.start())
                .live_text(move || start().of(language).to_owned())
        }
        _ => {
            // Read out when it begins and ends, and not every second.
            let told = move || {
                let seconds = recorder.seconds.get().unwrap_or_default() as usize;
                words::SOUND_RUNNING.count(language, &[seconds, recorder.limit.get() as usize])
            };
            group()
                .child(
                    button("button primary").on("click", move |_| recorder.stop()).text(words::SOUND_STOP.of(language)),
                )
                .child(el("p", "recording").attr("role", "timer").live_text(told))
        }
    };
    let inside =
        group().child(holder.status(words::SOUND_NONE)).live(player).child(el("div", "row").switch(running, buttons));
    holder.frame(&asked, "field question attached", inside)
}

impl Recorder {
    fn start(self) {
        let limit = self.most.min(self.holder.room() / SECOND);
        if limit == 0 {
            return self.holder.fail(words::FULL);
        }
        let key = self.holder.key();
        self.holder.state.set(State::Working);
        spawn_local(async move {
            let begun = match media::open(false).await {
                Ok(stream) => Recording::start(stream),
                Err(error) => Err(error),
            };
            match begun {
                Ok(recording) => self.record(key, Rc::new(recording), limit).await,
                Err(MediaError::Denied) => self.holder.fail(words::SOUND_DENIED),
                Err(MediaError::None) => self.holder.fail(words::SOUND_NO_MICROPHONE),
                Err(MediaError::Unable) => self.holder.fail(words::SOUND_UNABLE),
            }
        });
    }

    async fn record(self, key: String, recording: Rc<Recording>, limit: u64) {
        // The person may have left while the browser asked.
        if self.running.try_set_value(Some(recording.clone())).is_some() {
            recording.stop();
        }
        let _ = self.holder.state.try_set(State::Idle);
        let _ = self.limit.try_set(limit);
        let _ = self.seconds.try_set(Some(0));
        let counted = Rc::downgrade(&recording);
        spawn_local(async move {
            for second in 1..=limit {
                sleep(1000).await;
                // Ended meanwhile.
                let Some(recording) = counted.upgrade() else { return };
                let _ = self.seconds.try_update(|seconds| {
                    if let Some(seconds) = seconds {
                        *seconds = second;
                    }
                });
                if second == limit {
                    recording.stop();
                }
            }
        });
        let file = recording.file().await;
        drop(recording);
        let _ = self.running.try_set_value(None);
        let _ = self.seconds.try_set(None);
        let _ = self.holder.state.try_set(State::Working);
        match file {
            Some(file) => self.holder.put(key, file).await,
            None => self.holder.fail(words::NOT_MADE),
        }
    }

    fn stop(self) {
        if let Some(Some(recording)) = self.running.try_get_value() {
            recording.stop();
        }
    }
}
