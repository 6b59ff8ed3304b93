//! The directory: `/me` and `/users` (Graph: user-get, user-list). A page may be short, and is not the last
//! while it has a nextLink.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use url::Url;
use uuid::Uuid;

use super::Caller;
use super::error::GraphError;
use super::filter::Filter;
use super::search::Search;
use crate::Site;
use crate::world::directory::{Person, TEAMS_PLAN, TeamsPlan};
use crate::world::grants::Scope;
use crate::world::listing::{Filters, Pages};

const USUAL_PAGE: usize = 100;
const LARGEST_PAGE: usize = 999;
/// The first page of a long list is shorter than was asked for, so that no client takes a short page for the end.
const SHORT_PAGE: usize = 25;
/// What `User.ReadBasic.All` shows.
const BASIC: [&str; 6] = ["id", "displayName", "givenName", "surname", "mail", "userPrincipalName"];
/// What is shown when nothing is selected.
const USUAL: [&str; 11] = [
    "businessPhones",
    "displayName",
    "givenName",
    "id",
    "jobTitle",
    "mail",
    "mobilePhone",
    "officeLocation",
    "preferredLanguage",
    "surname",
    "userPrincipalName",
];

pub(super) async fn me(
    caller: Caller,
    State(site): State<Arc<Site>>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Json<Value>, GraphError> {
    if !caller.may(Scope::UserRead) && !caller.may(Scope::UserReadAll) {
        return Err(GraphError::directory_forbidden());
    }
    let fields = selected(query.get("$select"))?;
    let mut me = shown(site.world.directory().agent(), &fields)?;
    me.insert("@odata.context".to_owned(), context(&site, "users/$entity").into());
    Ok(Json(Value::Object(me)))
}

pub(super) async fn list(
    caller: Caller,
    State(site): State<Arc<Site>>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Json<Value>, GraphError> {
    let everything = caller.may(Scope::UserReadAll);
    if !everything && !caller.may(Scope::UserReadBasicAll) {
        return Err(GraphError::directory_forbidden());
    }
    let wanted = Wanted::read(&query, &headers)?;
    if wanted.filter.is_some() && !everything {
        return Err(GraphError::directory_forbidden());
    }
    let fields = if everything {
        selected(query.get("$select"))?
    } else {
        let mut fields = selected(query.get("$select"))?;
        fields.retain(|field| BASIC.contains(&field.as_str()));
        fields
    };
    let takes = |person: &&Person| {
        wanted.filter.as_ref().is_none_or(|filter| filter.takes(person))
            && wanted.search.as_ref().is_none_or(|search| search.finds(person))
    };
    let (listing, hired, expired) = site.world.with(|state, _| {
        let expired = wanted.start > 0 && state.listing.expires();
        (state.listing, state.hired, expired)
    });
    if expired {
        return Err(GraphError::bad_query("The specified page token is not valid, or has expired."));
    }
    if let Some(filter) = &wanted.filter {
        refuse(listing.filters, filter)?;
    }
    let people: Vec<&Person> = site.world.directory().employed(hired).filter(takes).collect();
    let size = if wanted.start == 0 { wanted.top.min(SHORT_PAGE) } else { wanted.top };
    let page = people.iter().skip(listing.first(wanted.start, people.len())).take(size);
    let mut page: Vec<Value> =
        page.map(|person| shown(person, &fields).map(Value::Object)).collect::<Result<_, _>>()?;
    if listing.odd_names {
        let places: HashMap<Uuid, usize> =
            site.world.directory().people().iter().enumerate().map(|(place, one)| (one.id, place)).collect();
        for person in page.iter_mut().filter_map(Value::as_object_mut) {
            let id = person.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
            if let Some((name, has_addresses)) =
                id.and_then(|id| places.get(&id)).and_then(|at| listing.name(*at))
            {
                rename(person, name, has_addresses);
            }
        }
    }
    if listing.null_phones {
        let phones = page.iter_mut().filter_map(|person| person.get_mut("businessPhones")?.as_array_mut());
        phones.for_each(|phones| phones.push(Value::Null));
    }

    let end = wanted.start + page.len();
    let mut answer = json!({ "@odata.context": context(&site, "users"), "value": page });
    if let Some(answer) = answer.as_object_mut() {
        if wanted.count && wanted.start == 0 {
            answer.insert("@odata.count".to_owned(), people.len().into());
        }
        if let Some(next) = listing.next(wanted.start, end, people.len()) {
            let link = next_link(&site, &query, &page_token(listing.pages, next));
            answer.insert("@odata.nextLink".to_owned(), link.into());
        }
    }
    Ok(Json(answer))
}

/// A filter that the directory finds too complex.
fn refuse(filters: Filters, filter: &Filter) -> Result<(), GraphError> {
    let too_complex = GraphError::unsupported_query("The filter is too complex.");
    match filters {
        Filters::Taken => Ok(()),
        Filters::TooComplex if !filter.asks_for_the_account() => Ok(()),
        Filters::TooComplex => Err(too_complex),
        Filters::Unsupported if filter.is_advanced() => Err(too_complex),
        Filters::NotImplemented if filter.is_advanced() => Err(GraphError::of(StatusCode::NOT_IMPLEMENTED)),
        Filters::Unsupported | Filters::NotImplemented => Ok(()),
    }
}

fn rename(person: &mut Map<String, Value>, name: &str, has_addresses: bool) {
    let mut put = |field: &str, value: Value| {
        if let Some(place) = person.get_mut(field) {
            *place = value;
        }
    };
    put("displayName", name.into());
    for field in ["givenName", "surname"] {
        put(field, Value::Null);
    }
    if !has_addresses {
        for field in ["mail", "userPrincipalName"] {
            put(field, Value::Null);
        }
    }
}

struct Wanted {
    filter: Option<Filter>,
    search: Option<Search>,
    top: usize,
    count: bool,
    start: usize,
}

impl Wanted {
    fn read(query: &HashMap<String, String>, headers: &HeaderMap) -> Result<Self, GraphError> {
        const KNOWN: [&str; 6] = ["$filter", "$search", "$select", "$top", "$count", "$skiptoken"];
        if let Some(other) = query.keys().find(|name| !KNOWN.contains(&name.as_str())) {
            return Err(GraphError::bad_query(format!("The query option '{other}' is not supported.")));
        }
        let top = match query.get("$top") {
            None => USUAL_PAGE,
            Some(text) => {
                let top = text.parse().ok().filter(|top| (1..=LARGEST_PAGE).contains(top));
                top.ok_or_else(|| GraphError::bad_query(format!("Invalid page size specified: '{text}'.")))?
            }
        };
        let count = query.get("$count").is_some_and(|count| count == "true");
        let eventual = headers.get("ConsistencyLevel").is_some_and(|level| level == "eventual");
        let filter = match query.get("$filter") {
            None => None,
            Some(text) => {
                let unsupported = "Unsupported or invalid query filter clause specified for resource 'User'.";
                let filter = Filter::parse(text).ok_or_else(|| GraphError::unsupported_query(unsupported))?;
                if filter.is_advanced() && !(count && eventual) {
                    let needs = "The query needs the header ConsistencyLevel: eventual and $count=true.";
                    return Err(GraphError::unsupported_query(needs));
                }
                Some(filter)
            }
        };
        let search = match query.get("$search") {
            None => None,
            Some(_) if !eventual => {
                let needs = "Request with $search query parameter only works through MSGraph with a special \
                             request header: 'ConsistencyLevel: eventual'";
                return Err(GraphError::unsupported_query(needs));
            }
            Some(text) => {
                let malformed = "Unrecognized query argument specified: '$search'.";
                Some(Search::parse(text).ok_or_else(|| GraphError::bad_query(malformed))?)
            }
        };
        let start = match query.get("$skiptoken") {
            None => 0,
            Some(token) => page_start(token).ok_or_else(|| {
                GraphError::bad_query("The specified page token is not valid, or has expired.")
            })?,
        };
        Ok(Self { filter, search, top, count, start })
    }
}

fn page_start(token: &str) -> Option<usize> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    // What comes behind the number differs from link to link, and means nothing.
    text.strip_prefix("page:")?.split(';').next()?.parse().ok()
}

fn page_token(pages: Pages, start: usize) -> String {
    URL_SAFE_NO_PAD.encode(match pages {
        Pages::InOrder | Pages::ToItself | Pages::ToAnEarlierOne | Pages::WithoutEnd => {
            format!("page:{start}")
        }
        Pages::ToItselfRespelled => format!("page:{start};{}", Uuid::new_v4()),
    })
}

fn next_link(site: &Site, query: &HashMap<String, String>, token: &str) -> String {
    let mut link = base(site, "users");
    let mut kept: Vec<_> = query.iter().filter(|(name, _)| *name != "$skiptoken").collect();
    kept.sort();
    link.query_pairs_mut().extend_pairs(kept).append_pair("$skiptoken", token);
    link.into()
}

pub(super) fn context(site: &Site, of: &str) -> String {
    format!("{}graph/v1.0/$metadata#{of}", site.microsoft)
}

fn base(site: &Site, path: &str) -> Url {
    let mut url = site.microsoft.clone();
    url.set_path(&format!("/graph/v1.0/{path}"));
    url
}

fn selected(select: Option<&String>) -> Result<Vec<String>, GraphError> {
    let Some(select) = select else {
        return Ok(USUAL.map(str::to_owned).to_vec());
    };
    let fields: Vec<String> = select.split(',').map(|field| field.trim().to_owned()).collect();
    if fields.iter().any(String::is_empty) {
        return Err(GraphError::bad_query("The $select expression is malformed."));
    }
    Ok(fields)
}

fn shown(person: &Person, fields: &[String]) -> Result<Map<String, Value>, GraphError> {
    let mut shown = Map::new();
    for field in fields {
        let value = value(person, field).ok_or_else(|| {
            GraphError::bad_query(format!("Could not find a property named '{field}' on type 'user'."))
        })?;
        shown.insert(field.clone(), value);
    }
    Ok(shown)
}

fn value(person: &Person, field: &str) -> Option<Value> {
    let plan = |status| json!([{ "servicePlanId": TEAMS_PLAN, "capabilityStatus": status, "service": "TeamspaceAPI" }]);
    Some(match field {
        "id" => json!(person.id),
        "displayName" => json!(person.display_name()),
        "givenName" => json!(person.given),
        "surname" => json!(person.surname),
        "mail" | "userPrincipalName" => json!(person.upn),
        "jobTitle" => json!(person.title),
        "department" => json!(person.department),
        "officeLocation" => json!(person.office),
        "companyName" => json!("Contoso"),
        "preferredLanguage" => Value::Null,
        "businessPhones" => json!(person.business_phone.as_slice()),
        "mobilePhone" => json!(person.mobile_phone),
        "otherMails" => json!([]),
        "accountEnabled" => json!(person.account_enabled),
        "userType" => json!("Member"),
        "assignedPlans" => match person.teams_plan {
            TeamsPlan::Enabled => plan("Enabled"),
            TeamsPlan::Deleted => plan("Deleted"),
            TeamsPlan::Never => json!([]),
        },
        _ => return None,
    })
}
