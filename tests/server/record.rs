//! The record: everything is in it, nothing personal is, and what was changed afterwards is found.

use kortautomat::server::storage::record::{Verified, verify};
use sqlx::Row as _;

use super::world::World;

#[tokio::test]
async fn invariant_8_every_change_is_in_the_chain_and_a_torn_one_is_found() {
    let world = World::new().await;
    let staff = world.staff().await;
    let order = world.ordered("ingridh").await;
    let ready = world.shelved(&staff, &order).await;
    world.handed_out(&staff, &ready).await;
    let actions: Vec<_> =
        world.details(&staff, &order).await.history.into_iter().map(|event| event.action).collect();
    assert_eq!(actions, ["submitted", "start_production", "print", "shelve", "hand_out"]);

    let storage = &world.server().app().storage;
    let whole = verify(&mut storage.read().await.unwrap()).await.unwrap();
    let Verified::Whole { entries, .. } = whole else { panic!("{whole:?}") };
    let mut db = storage.write().await.unwrap();
    // who handed it out is changed: the chain breaks there
    let at: i64 = sqlx::query("SELECT max(sequence) FROM record WHERE action = 'hand_out'")
        .fetch_one(&mut *db)
        .await
        .unwrap()
        .get(0);
    sqlx::query("UPDATE record SET actor = 'someone' WHERE sequence = $1")
        .bind(at)
        .execute(&mut *db)
        .await
        .unwrap();
    assert_eq!(verify(&mut db).await.unwrap(), Verified::Broken { sequence: at });
    db.rollback().await.unwrap();
    // an entry is taken out
    let mut db = storage.write().await.unwrap();
    sqlx::query("DELETE FROM record WHERE sequence = 3").execute(&mut *db).await.unwrap();
    assert_eq!(verify(&mut db).await.unwrap(), Verified::Broken { sequence: 3 });
    db.rollback().await.unwrap();
    assert_eq!(verify(&mut storage.read().await.unwrap()).await.unwrap(), whole);
    assert!(entries > 5);
}

#[tokio::test]
async fn invariant_8_the_record_names_nobody() {
    let world = World::new().await;
    let staff = world.staff().await;
    let order = world.ordered("ingridh").await;
    let wish = kortautomat::wire::order::Wish::Cancel { words: "Ingrid ringte".into() };
    world.moved(&world.ask(&staff, &order, wish).await);
    let mut db = world.server().app().storage.read().await.unwrap();
    let rows: Vec<String> =
        sqlx::query_scalar("SELECT actor || place || subject_id || action || details FROM record")
            .fetch_all(&mut *db)
            .await
            .unwrap();
    for personal in ["ingridh", "Ingrid", "Kari", "staff\"", &order.photo.sha256] {
        assert!(rows.iter().all(|row| !row.contains(personal)), "{personal}");
    }
}
