use leptos::{html, prelude::*};

/// A modal dialog on the browser's own `<dialog>`: focus is kept inside, Escape closes it, and focus returns. What is in
/// it is built when it opens.
#[component]
pub fn Dialog(open: RwSignal<bool>, #[prop(into)] title: Signal<String>, children: ChildrenFn) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let open = open.get();
        let Some(dialog) = node.get() else { return };
        if !open {
            dialog.close();
        } else if !dialog.open() && dialog.show_modal().is_err() {
            // A browser without modal dialogs still shows it, in its place.
            dialog.set_open(true);
        }
    });
    view! {
        <dialog node_ref=node on:close=move |_| open.set(false) aria-label=move || title.get()>
            {move || open.get().then(|| view! {
                <div class="stack">
                    <h2>{move || title.get()}</h2>
                    {children()}
                </div>
            })}
        </dialog>
    }
}
