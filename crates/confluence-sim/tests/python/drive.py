"""Drives a running confluence-sim with atlassian-python-api, a client that was not written with this server in mind.

Takes the simulator's one line of JSON on standard input. Each function below named `check_…` is one test.
"""

import json
import logging
import sys
import traceback
import urllib.parse
import warnings

import requests
from atlassian.confluence.cloud import ConfluenceCloud

SCOPES = (
    "read:space:confluence read:page:confluence read:hierarchical-content:confluence read:folder:confluence "
    "read:comment:confluence offline_access"
)
CALLBACK = "http://127.0.0.1:53683/callback"


class Site:
    """What the checks need: the addresses, a client with a token, and the simulator's own doors."""

    def __init__(self, ready):
        self.auth = ready["auth_url"]
        self.ready = ready
        self.tokens = self.sign_in(SCOPES)
        self.cloud_id = self.resources(self.tokens["access_token"])[0]["id"]
        self.client = self.client_with(self.tokens["access_token"])

    def sign_in(self, scopes):
        query = {
            "audience": "api.atlassian.com",
            "client_id": self.ready["client_id"],
            "scope": scopes,
            "redirect_uri": CALLBACK,
            "state": "python",
            "response_type": "code",
            "prompt": "consent",
            "auto": "allow",
        }
        answer = requests.get(f"{self.auth}/authorize", params=query, allow_redirects=False, timeout=30)
        back = urllib.parse.parse_qs(urllib.parse.urlparse(answer.headers["Location"]).query)
        assert back["state"] == ["python"], back
        return self.token(grant_type="authorization_code", code=back["code"][0], redirect_uri=CALLBACK).json()

    def token(self, **fields):
        secret = {"client_id": self.ready["client_id"], "client_secret": self.ready["client_secret"]}
        return requests.post(f"{self.auth}/oauth/token", json={**secret, **fields}, timeout=30)

    def resources(self, token):
        url = f"{self.ready['api_url']}/oauth/token/accessible-resources"
        return requests.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=30).json()

    def client_with(self, token, **options):
        url = f"{self.ready['api_url']}/ex/confluence/{self.cloud_id}/wiki"
        return ConfluenceCloud(url, token=token, **options)

    def steer(self, path, body):
        answer = requests.post(f"{self.auth}/__sim/{path}", json=body, timeout=30)
        assert answer.ok, answer.text
        return answer.json()

    def space(self):
        return self.client.get_space_by_key("GEN")

    def pages(self, **filters):
        return self.client.get_pages(space_id=self.space()["id"], body_format="storage", **filters)


def check_spaces_are_listed_by_key_and_id(site):
    space = site.space()
    assert space["key"] == "GEN" and space["type"] == "global", space
    assert site.client.get_space(space["id"])["name"] == space["name"]


def check_all_pages_come_through_its_own_paging(site):
    pages = site.pages(limit=25)
    assert len(pages) == 120, len(pages)
    assert len({page["id"] for page in pages}) == 120
    assert all(page["body"]["storage"]["value"] for page in pages)


def check_every_order_gives_every_page(site):
    for sort in ("id", "-id", "created-date", "-modified-date", "title", "-title"):
        assert len({page["id"] for page in site.pages(limit=7, sort=sort)}) == 120, sort


def check_titles_come_in_order(site):
    titles = [page["title"].lower() for page in site.pages(limit=50, sort="title")]
    assert titles == sorted(titles)


def check_a_page_by_title_and_by_id(site):
    title = site.pages(limit=100)[5]["title"]
    page_id = site.client.get_page_id("GEN", title)
    page = site.client.get_page_by_id(page_id, body_format="view")
    assert page["title"] == title and "<p>" in page["body"]["view"]["value"]


def check_adf_is_json_in_a_string(site):
    page = site.client.get_page_by_id(site.pages(limit=50)[0]["id"], body_format="atlas_doc_format")
    document = json.loads(page["body"]["atlas_doc_format"]["value"])
    assert document["type"] == "doc" and document["content"]


def check_children_of_the_home_page(site):
    children = site.client.get_child_pages(site.space()["homepageId"])
    assert len(children) == 16, len(children)


def check_a_folder_above_a_page(site):
    page = next(page for page in site.pages(limit=100) if page["parentType"] == "folder")
    folder = site.client.get_folder(page["parentId"])
    assert folder["type"] == "folder" and folder["spaceId"] == page["spaceId"]


def check_properties_labels_versions_and_comments(site):
    page_id = site.pages(limit=100)[0]["id"]
    properties = site.client.get_page_properties(page_id)
    assert [(one["key"], one["value"]) for one in properties] == [("editor", "v2")]
    site.steer("mutate", {"do": "set_labels", "page": page_id, "labels": ["oncall", "draft"]})
    assert sorted(label["name"] for label in site.client.get_page_labels(page_id)) == ["draft", "oncall"]
    site.steer("mutate", {"do": "edit", "page": page_id, "storage": "<p>second</p>"})
    assert [version["number"] for version in site.client.get_page_versions(page_id)["results"]] == [2, 1]
    assert not site.client.get_page_footer_comments(page_id)


def check_a_restricted_page_is_not_found(site):
    page_id = site.pages(limit=100)[7]["id"]
    site.steer("mutate", {"do": "restrict", "page": page_id, "restricted": True})
    try:
        assert status_of(lambda: site.client.get_page_by_id(page_id)) == 404
        assert page_id not in {page["id"] for page in site.pages(limit=100)}
    finally:
        site.steer("mutate", {"do": "restrict", "page": page_id, "restricted": False})


def check_a_wrong_format_is_a_bad_request(site):
    assert status_of(lambda: site.client.get_pages(body_format="view")) == 400


def check_a_missing_scope_is_said(site):
    poor = site.client_with(site.sign_in("read:space:confluence")["access_token"])
    answer = requests.get(
        f"{poor.url}/api/v2/pages", headers={"Authorization": poor._session.headers["Authorization"]}, timeout=30
    )
    assert (answer.status_code, answer.json()["message"]) == (401, "Unauthorized; scope does not match")
    assert status_of(lambda: poor.get_pages(body_format="storage")) == 401


def check_it_waits_and_tries_again_after_429(site):
    effect = {"status": {"code": 429, "headers": [["Retry-After", "0"]]}}
    site.steer("log/clear", {})
    site.steer("faults", {"path": "*/pages", "when": {"next": 1}, "effect": effect})
    patient = site.client_with(site.tokens["access_token"], backoff_and_retry=True, retry_with_header=True)
    assert len(patient.get_pages(body_format="storage", limit=250)) == 120
    seen = requests.get(f"{site.auth}/__sim/log", timeout=30).json()["requests"]
    assert [one["status"] for one in seen] == [429, 200], seen
    site.steer("faults/clear", {})


def check_it_cannot_change_anything(site):
    page_id = site.pages(limit=100)[0]["id"]
    assert status_of(lambda: site.client.delete_page(page_id)) == 405
    assert status_of(lambda: site.client.create_page(site.space()["id"], "New", "<p>x</p>")) == 405
    assert site.client.get_page_by_id(page_id)["status"] == "current"


def check_a_refresh_token_rotates(site):
    first = site.tokens["refresh_token"]
    second = site.token(grant_type="refresh_token", refresh_token=first).json()
    assert second["refresh_token"] != first and second["expires_in"] == 3600
    assert len(site.client_with(second["access_token"]).get_spaces()) == 1
    dead = site.token(grant_type="refresh_token", refresh_token="unknown")
    assert (dead.status_code, dead.json()["error"]) == (403, "unauthorized_client")


def status_of(call):
    """The HTTP status of the error that `call` ends with."""
    try:
        call()
    except Exception as error:  # the client wraps some errors and not others
        while error is not None:
            response = getattr(error, "response", None)
            if response is not None:
                return response.status_code
            error = getattr(error, "reason", None) or error.__cause__ or error.__context__
        raise
    raise AssertionError("no error")


def main():
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    site = Site(json.loads(sys.stdin.readline()))
    failed = 0
    checks = [(name, check) for name, check in globals().items() if name.startswith("check_")]
    for name, check in checks:
        try:
            check(site)
            print(f"ok      {name[6:].replace('_', ' ')}")
        except Exception:
            failed += 1
            print(f"FAILED  {name[6:].replace('_', ' ')}")
            traceback.print_exc(limit=4, file=sys.stdout)
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
