//! `POST /users-bulk`: names for account ids, the one read that is a POST.

use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::{Answer, ApiError};
use crate::site::Site;
use crate::site::model::{ACCOUNT_EMAIL, ACCOUNT_ID, ACCOUNT_NAME};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    account_ids: Vec<String>,
}

/// The known ones of the accounts asked for; unknown ids are simply absent.
pub(super) fn bulk(site: &Site, body: &[u8]) -> Result<Answer, ApiError> {
    let request: Request = serde_json::from_slice(body).map_err(|_| ApiError::parameter("accountIds", "array"))?;
    if request.account_ids.is_empty() || request.account_ids.len() > 250 {
        return Err(ApiError::parameter("accountIds", "array of 1 to 250 items"));
    }
    let known = request.account_ids.iter().any(|id| id == ACCOUNT_ID);
    Ok(Answer::list(known.then(user), None, &site.base))
}

fn user() -> Value {
    json!({
        "accountId": ACCOUNT_ID,
        "displayName": ACCOUNT_NAME,
        "publicName": ACCOUNT_NAME,
        "email": ACCOUNT_EMAIL,
        "timeZone": "Etc/UTC",
        "personalSpaceId": null,
        "isExternalCollaborator": false,
        "accountStatus": "active",
        "accountType": "atlassian",
        "profilePicture": { "path": format!("/wiki/aa-avatar/{ACCOUNT_ID}"), "isDefault": true },
    })
}
