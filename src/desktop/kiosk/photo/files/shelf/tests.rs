use super::*;
use futures_util::StreamExt;

fn picture_file(path: &Path) {
    image::RgbImage::from_pixel(64, 48, image::Rgb([200, 150, 100])).save(path).unwrap();
}

/// Waits until the shelf shows what is asked for.
fn wait(shelf: &Shelf, until: impl Fn(&View) -> bool) -> View {
    let mut ticks = shelf.ticks();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        loop {
            let view = shelf.view();
            if until(&view) {
                return view;
            }
            tokio::time::timeout(Duration::from_secs(20), ticks.next()).await.expect("a change").unwrap();
        }
    })
}

fn drawn(entry: &Entry) -> bool {
    matches!(&entry.kind, Kind::Picture(Some(shown)) if shown.width > 0)
}

#[test]
fn a_stick_that_is_put_in_is_read_and_one_that_goes_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let stick = folder.path().join("STICK");
    let shelf = Shelf::start(Some(stick.clone())).unwrap();
    let before = wait(&shelf, |view| view.looked).sticks;
    let beside = folder.path().join("beside");
    std::fs::create_dir_all(beside.join("holiday")).unwrap();
    picture_file(&beside.join("me.png"));
    std::fs::write(beside.join("IMG_1.HEIC"), b"heic").unwrap();
    std::fs::write(beside.join("broken.jpg"), b"no picture").unwrap();
    std::fs::write(beside.join("letter.pdf"), b"no picture").unwrap();
    std::fs::write(beside.join(".hidden.png"), b"no picture").unwrap();
    picture_file(&beside.join("holiday/sea.png"));
    std::fs::rename(&beside, &stick).unwrap();
    let view = wait(&shelf, |view| view.entries.iter().any(drawn));
    assert_eq!(view.sticks, before + 1);
    let mut names: Vec<_> = view.entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names.first(), Some(&"holiday"));
    names.sort_unstable();
    assert_eq!(names, ["IMG_1.HEIC", "broken.jpg", "holiday", "me.png"]);
    shelf.open(0);
    let view = wait(&shelf, |view| view.folder.as_deref() == Some("holiday"));
    assert!(view.inside);
    shelf.up();
    wait(&shelf, |view| view.folder.as_deref() == Some("STICK"));
    std::fs::rename(&stick, folder.path().join("out")).unwrap();
    assert_eq!(wait(&shelf, |view| view.sticks == before).entries.len(), 0);
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_a_stick() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::create_dir(&secret).unwrap();
    picture_file(&secret.join("other.png"));
    let stick = folder.path().join("STICK");
    std::fs::create_dir(&stick).unwrap();
    std::os::unix::fs::symlink(&secret, stick.join("folder")).unwrap();
    std::os::unix::fs::symlink(secret.join("other.png"), stick.join("other.png")).unwrap();
    assert!(entries(&stick).is_empty());
}

#[test]
fn many_pictures_are_turned_over_in_pages() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..PAGE + 3 {
        std::fs::write(folder.path().join(format!("{number:02}.png")), b"no picture").unwrap();
    }
    let shelf = Shelf::start(Some(folder.path().to_owned())).unwrap();
    let view = wait(&shelf, |view| view.pages == 2);
    assert_eq!((view.page, view.entries.len()), (0, PAGE));
    shelf.turn(1);
    assert_eq!(wait(&shelf, |view| view.page == 1).entries.len(), 3);
    shelf.turn(99);
    assert_eq!(wait(&shelf, |view| view.page == 1).entries.len(), 3);
}
