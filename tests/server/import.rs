//! `kortserver import`: all of a file or nothing, and which line is wrong.

use kortautomat::domain::person::UserName;
use kortautomat::server::import::{Error, Kind, content};
use kortautomat::server::storage::persons;
use kortautomat::system::Randomness;

use super::world::World;

const HEADER: &str =
    "user_name,preferred_name,legal_name,student_number,birth_date,phone,registered,fee_paid,valid_to\n";

async fn import(world: &World, kind: Kind, text: &str) -> Result<usize, Error> {
    let storage = &world.server().app().storage;
    content(storage, kind, text.as_bytes(), &world.clock(), &Randomness::system()).await
}

async fn known(world: &World, user: &str) -> bool {
    let mut db = world.server().app().storage.read().await.unwrap();
    persons::student(&mut db, &UserName::new(user).unwrap()).await.unwrap().is_some()
}

#[tokio::test]
async fn a_wrong_line_is_named_and_nothing_is_imported() {
    let world = World::new().await;
    let good = "karin,,Kari Nor,570001,2004-01-31,,yes,no,2027-01-31\n";
    for (wrong, word) in [
        ("olan,,Ola Nor,570002,2004-02-31,,yes,no,2027-01-31\n", "birth_date"),
        ("olan,,Ola Nor,570002,,,perhaps,no,2027-01-31\n", "registered"),
        ("olan,,Ola Nor,560101,,,yes,no,2027-01-31\n", "another person"),
        ("olan,,Ola Nor\n", "fields"),
        ("o lan,,Ola Nor,570002,,,yes,no,2027-01-31\n", "user_name"),
    ] {
        let error = import(&world, Kind::Students, &format!("{HEADER}{good}{wrong}")).await.unwrap_err();
        let Error::Line { line, problem } = &error else { panic!("{error:?}") };
        assert!(*line == 3 && problem.contains(word), "{line}: {problem}");
        assert!(!known(&world, "karin").await);
    }
    let columns = import(&world, Kind::Students, "name\nKari\n").await.unwrap_err();
    assert!(matches!(columns, Error::Line { .. } | Error::Csv { .. }), "{columns:?}");
    let marked = format!("\u{FEFF}{HEADER}{good}");
    assert_eq!(import(&world, Kind::Students, &marked).await.unwrap(), 1);
    assert!(known(&world, "karin").await);
}

#[tokio::test]
async fn a_new_name_is_found_at_once_also_on_old_orders() {
    let world = World::new().await;
    let order = world.ordered("ingridh").await;
    let line = "ingridh,Inga,Ingrid Haugen,560101,2004-08-29,,yes,yes,2029-08-31\n";
    import(&world, Kind::Students, &format!("{HEADER}{line}")).await.unwrap();
    let staff = world.staff().await;
    let found: kortautomat::wire::order::Found = world.get(&staff, "/v1/orders?query=inga").await.ok();
    assert_eq!(
        (found.orders[0].number.as_str(), found.orders[0].name.as_str()),
        (order.number.as_str(), "Inga")
    );
}

#[tokio::test]
async fn long_files_are_written_in_parts_and_the_later_of_two_lines_counts() {
    let world = World::new().await;
    let line =
        |at: usize, name: &str| format!("long{at:04},,{name} Solbakken,58{at:04},,,yes,yes,2029-08-31\n");
    let mut text = HEADER.to_owned();
    text.extend((0..1_203).map(|at| line(at, "Nora")));
    text.push_str(&line(7, "Eir"));
    assert_eq!(import(&world, Kind::Students, &text).await.unwrap(), 1_204);
    let staff = world.staff().await;
    let found = async |query: &str| -> kortautomat::wire::order::Found {
        world.get(&staff, &format!("/v1/orders?query={query}&limit=500")).await.ok()
    };
    let eir = found("solb+eir").await;
    assert_eq!(eir.persons.iter().map(|person| person.user_name.as_str()).collect::<Vec<_>>(), ["long0007"]);
    assert!(found("nora+solbakken").await.more && found("long0007+nora").await.persons.is_empty());
    // the number of another's line, far behind the first part
    text.push_str("other,,Ola Nor,580700,,,yes,yes,2029-08-31\n");
    let error = import(&world, Kind::Students, &text).await.unwrap_err();
    assert!(matches!(&error, Error::Line { line: 1_206, .. }), "{error:?}");
}
