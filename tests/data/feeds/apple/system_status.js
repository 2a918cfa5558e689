jsonCallback({"drMessage": null, "services": [
 {"serviceName": "Orchard Store", "redirectUrl": null, "events": [
  {"messageId": "4001", "statusType": "Outage", "eventStatus": "ongoing", "message": "Some people cannot buy apples.", "datePosted": "05/01/2026 03:20 PDT", "startDate": "05/01/2026 03:00 PDT", "endDate": null, "epochStartDate": 1777629600000, "epochEndDate": null, "usersAffected": "Some users are affected", "affectedServices": ["Orchard Store", "Orchard Music"]}]},
 {"serviceName": "Orchard Music", "events": [
  {"messageId": "4001", "statusType": "Outage", "eventStatus": "ongoing", "message": "Music may stop.", "epochStartDate": 1777629600000, "usersAffected": "Some users are affected", "affectedServices": null},
  {"messageId": "4000", "statusType": "Performance", "eventStatus": "resolved", "message": "It was slow.", "startDate": "04/30/2026 03:00 PDT", "endDate": "04/30/2026 04:00 PDT", "usersAffected": "All users were affected"}]},
 {"serviceName": "Orchard Mail", "events": [
  {"messageId": "4002", "statusType": "Maintenance", "eventStatus": "upcoming", "message": "New letter boxes.", "epochStartDate": 1777809600000, "epochEndDate": 1777816800000},
  {"messageId": "4003", "statusType": "Available", "eventStatus": "ongoing", "message": "All good."}]},
 {"serviceName": "Orchard Maps", "events": null},
 {"serviceName": "Orchard Chat", "events": [{"messageId": 4004, "statusType": "Wobble", "eventStatus": "reopened", "message": "It wobbles.", "epochStartDate": 1777630000000}]}
]});
