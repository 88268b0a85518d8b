/** A slipway.yaml in which nothing is wrong, for tests to spoil. */
export const validHouse = `
team: T1
zone: Australia/Melbourne
people:
  - { user: U1, name: Ada, roles: [admin] }
  - { user: U2, name: Bo, roles: [release manager] }
  - { user: U3, name: Kim, roles: [developer], zone: Asia/Tokyo }
  - { user: U4, name: Ola, roles: [on-call] }
  - { user: U5, name: Zoe, roles: [] }
onCall: { channel: C9, rota: [U4, U3], since: 2026-03-02, turn: 7 days, escalateAfter: 10 minutes }
clients:
  acme:
    name: Acme
    zone: Europe/London
    holidays: GB
    channels: { team: C1, shared: C2 }
    approvers:
      - { team: T2, user: U8, name: Ana }
      - { team: T2, user: U9, name: Raj }
    windows:
      - { days: [mon, tue], from: "07:00", to: "10:00" }
      - { days: [fri], from: "22:00", to: "02:00" }
    environments: { staging: {}, production: { url: "https://acme.example.com" } }
    deployment: { folder: acme, run: [node, deploy.mjs], rollBack: [node, back.mjs], startWithin: 1 hour }
    bake: 1 hour
    checklist:
      - { ask: Is the backup fresh? }
      - { ask: Who watches production?, evidence: text, answeredBy: on-call }
  globex:
    name: Globex
    zone: UTC
    channels: { team: C3, shared: C4 }
    approvers:
      - { team: T3, user: U7, name: Gil }
    environments: { staging: {} }
    deployment: { folder: /srv/globex, run: [./deploy] }
`;
