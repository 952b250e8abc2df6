//! The contract: which calls there are, and the shapes that they exchange.

use super::world::World;

#[tokio::test]
async fn the_document_is_served_and_does_not_change_unseen() {
    let world = World::new().await;
    let mut document: serde_json::Value = world.get(&world.kiosk(), "/v1/openapi.json").await.ok();
    document["info"]["version"] = "[version]".into();
    insta::assert_json_snapshot!(document);
}
