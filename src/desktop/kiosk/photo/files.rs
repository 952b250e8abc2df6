//! A picture of one's own, from a memory stick: a view of our own, because a system's dialog is a way out of the kiosk.

mod mounts;
pub mod shelf;

use std::path::PathBuf;

use iced::widget::{column, container, grid, image, row, space};
use iced::{Center, ContentFit, Length, Subscription};

use super::{Message as Parent, TAKE_HERE};
use crate::desktop::Element;
use crate::desktop::icon::Icon;
use crate::desktop::kiosk::page::Page;
use crate::desktop::photo::eye::{self, Eye};
use crate::desktop::photo::ticks::Running;
use crate::desktop::theme::style;
use crate::desktop::unreadable;
use crate::desktop::widget::{Scene, button, notice, words};
use crate::texts::Texts;

use shelf::{Entry, Kind, Shelf, View};

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    ShelfTold,
    /// The entry of this place on the page.
    Chosen(usize),
    UpPressed,
    /// To this page, from 0.
    Turned(usize),
}

/// See the module.
pub struct Files {
    shelf: Option<Running<Shelf>>,
    view: View,
    checking: bool,
    problem: Option<Problem>,
}

/// Why the chosen file cannot be used.
#[derive(Debug)]
enum Problem {
    Heic,
    Check(eye::Error),
}

impl Files {
    /// Starts looking. `own` is a folder that counts as a stick.
    pub fn start(own: Option<PathBuf>) -> Self {
        let shelf = Shelf::start(own)
            .inspect_err(|error| tracing::error!(%error, "memory sticks cannot be looked at"))
            .ok()
            .map(Running::new);
        let view = shelf.as_ref().map(|shelf| shelf.view()).unwrap_or_default();
        Self { shelf, view, checking: false, problem: None }
    }

    pub fn update(&mut self, message: Message, eye: &Eye) {
        let Some(shelf) = &self.shelf else { return };
        match message {
            Message::ShelfTold => self.view = shelf.view(),
            Message::Turned(page) => shelf.turn(page),
            Message::UpPressed => {
                self.problem = None;
                shelf.up();
            }
            Message::Chosen(at) => {
                self.problem = None;
                match self.view.entries.get(at) {
                    Some(Entry { kind: Kind::Stick | Kind::Folder, .. }) => shelf.open(at),
                    Some(Entry { kind: Kind::Heic, .. }) => self.problem = Some(Problem::Heic),
                    Some(Entry { kind: Kind::Picture(_), path, .. }) if !self.checking => {
                        self.checking = true;
                        eye.check_file(path.clone());
                    }
                    Some(_) | None => {}
                }
            }
        }
    }

    /// The chosen file could not be used.
    pub fn failed(&mut self, error: eye::Error) {
        self.checking = false;
        self.problem = Some(Problem::Check(error));
    }

    pub fn subscription(&self) -> Subscription<Message> {
        let shelf = self.shelf.as_ref().map(Running::subscription).unwrap_or_else(Subscription::none);
        shelf.map(|()| Message::ShelfTold)
    }

    pub fn page<'a>(&'a self, scene: Scene<'a>) -> Page<'a, Parent> {
        let (theme, texts) = (scene.theme, scene.texts);
        let wrap = Parent::Files;
        let here = button::with_icon(theme, TAKE_HERE, Icon::Camera, texts.photo_files_here())
            .secondary()
            .on_press_maybe((!self.checking).then_some(Parent::CameraChosen));
        let mut body = column![].spacing(theme.space.m).width(Length::Fill).height(Length::Fill);
        if let Some(problem) = &self.problem {
            let more = Some(says(problem, texts));
            body = body.push(notice(theme, notice::Kind::Warning, texts.photo_files_unreadable(), more));
        }
        let content: Element<'a, Parent> = match &self.view {
            _ if self.checking => calm(scene, Icon::ScanFace, texts.photo_checking(), None),
            View { looked: false, .. } => calm(scene, Icon::Usb, texts.photo_files_reading(), None),
            View { sticks: 0, .. } => {
                calm(scene, Icon::Usb, texts.photo_files_none(), Some(texts.photo_files_none_more()))
            }
            view => shelf_view(scene, view).map(wrap),
        };
        body = body.push(content);
        Page::new("photo-files", texts.photo_files(), body)
            .lead(texts.photo_files_lead())
            .action(here)
            .autofocus("file-0")
    }
}

/// Why the chosen file cannot be used, in words.
fn says(problem: &Problem, texts: &Texts) -> String {
    match problem {
        Problem::Heic => texts.intake_heic(),
        Problem::Check(eye::Error::File { .. }) => texts.photo_files_gone(),
        Problem::Check(eye::Error::Crop { .. } | eye::Error::NoFrame | eye::Error::Panicked) => {
            texts.intake_broken()
        }
        Problem::Check(eye::Error::Intake { source }) => unreadable::explain(texts, source),
    }
}

/// A sentence in the middle of the screen.
fn calm<'a>(scene: Scene<'a>, icon: Icon, headline: String, more: Option<String>) -> Element<'a, Parent> {
    let theme = scene.theme;
    let mut says = column![
        icon.view(theme.text.display * 1.5).style(style::muted),
        words::heading(theme, headline).align_x(Center)
    ]
    .spacing(theme.space.l)
    .max_width(theme.text.body * 28.0)
    .align_x(Center);
    if let Some(more) = more {
        says = says.push(words::lead(theme, more).align_x(Center));
    }
    container(says).center(Length::Fill).padding(theme.space.xl).style(style::sunken).into()
}

fn shelf_view<'a>(scene: Scene<'a>, view: &'a View) -> Element<'a, Message> {
    let (theme, texts) = (scene.theme, scene.texts);
    let mut folder = row![].spacing(theme.space.m).align_y(Center).height(theme.target);
    if view.inside {
        let up = button::icon(theme, "files-up", Icon::ArrowLeft, texts.photo_files_up());
        folder = folder.push(up.on_press(Message::UpPressed));
    }
    let name = view.folder.clone().unwrap_or_default();
    folder = folder.push(Icon::FolderOpen.view(theme.text.lead)).push(words::strong(theme, name));
    if view.entries.is_empty() {
        let nothing = column![
            words::heading(theme, texts.photo_files_empty()),
            words::body(theme, texts.photo_files_empty_more())
        ];
        let nothing = nothing.spacing(theme.space.s).align_x(Center);
        return column![folder, container(nothing).center(Length::Fill).style(style::sunken)].into();
    }
    let columns = if scene.portrait() { 3 } else { 6 };
    let tiles = view.entries.iter().enumerate().map(|(at, entry)| tile(scene, at, entry));
    let mut body = column![
        folder,
        grid(tiles).columns(columns).spacing(theme.space.m).height(Length::Shrink),
        space().height(Length::Fill)
    ]
    .spacing(theme.space.m)
    .height(Length::Fill);
    if view.pages > 1 {
        let turn = |id, label, icon: Icon, page: Option<usize>| {
            button::with_icon(theme, id, icon, label).secondary().on_press_maybe(page.map(Message::Turned))
        };
        let back = view.page.checked_sub(1);
        let next = (view.page + 1 < view.pages).then_some(view.page + 1);
        let at = texts.photo_files_page((view.page + 1) as u64, view.pages as u64);
        let pages = row![
            turn("files-previous", texts.photo_files_previous(), Icon::ChevronLeft, back),
            container(words::body(theme, at)).center_x(Length::Fill),
            turn("files-next", texts.photo_files_next(), Icon::ChevronRight, next),
        ];
        body = body.push(pages.align_y(Center));
    }
    body.into()
}

fn tile<'a>(scene: Scene<'a>, at: usize, entry: &Entry) -> Element<'a, Message> {
    let theme = scene.theme;
    let large =
        |icon: Icon| -> Element<'a, Message> { icon.view(theme.text.display).style(style::muted).into() };
    let picture: Element<'a, Message> = match &entry.kind {
        Kind::Stick => large(Icon::Usb),
        Kind::Folder => large(Icon::Folder),
        Kind::Picture(Some(shown)) if shown.width > 0 => image(shown.handle.clone())
            .content_fit(ContentFit::Contain)
            .width(Length::Fill)
            .height(theme.target * 1.75)
            .into(),
        Kind::Picture(None) => large(Icon::Image),
        Kind::Picture(Some(_)) | Kind::Heic => large(Icon::FileImage),
    };
    let picture = container(picture).center_x(Length::Fill).center_y(theme.target * 1.75);
    let name = words::caption(theme, shortened(&entry.name)).align_x(Center);
    let content = column![picture, name].spacing(theme.space.xs).align_x(Center).width(Length::Fill);
    button::tile(theme, format!("file-{at}"), entry.name.clone(), content)
        .padding(theme.space.s)
        .on_press(Message::Chosen(at))
        .into()
}

/// A file's name so short that it fits below its picture: its beginning and its end.
fn shortened(name: &str) -> String {
    const MOST: usize = 22;
    let characters: Vec<char> = name.chars().collect();
    let (start, end) = (12, 9);
    match (characters.get(..start), characters.get(characters.len().saturating_sub(end)..)) {
        (Some(first), Some(last)) if characters.len() > MOST => {
            first.iter().chain(['…'].iter()).chain(last).collect()
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_keep_their_beginning_and_their_end() {
        assert_eq!(shortened("me.jpg"), "me.jpg");
        assert_eq!(shortened("holiday in Ålesund 2025 (17).jpeg").chars().count(), 22);
        assert!(shortened("holiday in Ålesund 2025 (17).jpeg").ends_with("(17).jpeg"));
    }
}
