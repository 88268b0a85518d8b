/** A change of the database that comes with a release, and how it is undone. */
export interface Migration {
  readonly name: string;
  readonly bring: string;
  readonly takeBack: string;
}

const totalsWithoutDiscounts = `
create view invoice_total as
  select i.id, c.name as customer, i.issued, i.net,
    round(i.net * v.percent / 100, 2) as vat,
    round(i.net * (100 + v.percent) / 100, 2) as total
  from invoice i join customer c on c.id = i.customer_id join vat_rate v on v.code = i.vat_code;
comment on view invoice_total is 'What customers are asked to pay';
grant select on invoice_total to accountant, shop_app;
`;

/** Acme's database as production has it, with enough in it to look like a shop. */
export const shop = `
create role shop_app nologin;
create role accountant nologin;

create table applied_migration (name text primary key, release text not null, at timestamptz not null default now());
comment on table applied_migration is 'Which migrations are in this database, and which release brought them';

create table customer (
  id integer generated always as identity primary key,
  name text not null,
  email text not null unique,
  country char(2) not null default 'GB',
  changed timestamptz not null default now()
);
create table vat_rate (
  code text primary key,
  percent numeric(5, 2) not null check (percent between 0 and 100),
  valid_from date not null
);
comment on table vat_rate is 'Set by law; the same in every environment';
create table invoice (
  id integer generated always as identity primary key,
  customer_id integer not null references customer,
  issued date not null,
  net numeric(10, 2) not null check (net >= 0),
  vat_code text not null references vat_rate,
  status text not null default 'draft' check (status in ('draft', 'sent', 'paid'))
);
create index invoice_by_customer on invoice (customer_id, issued desc);
${totalsWithoutDiscounts}
create function note_change() returns trigger language plpgsql as $$
begin
  new.changed := now();
  return new;
end $$;
create trigger customer_changes before update on customer for each row execute function note_change();

grant select, insert, update on customer, invoice to shop_app;
grant select on vat_rate to shop_app;
grant select on customer, invoice, vat_rate to accountant;

insert into customer (name, email, country) values
  ('Pier Cafe', 'accounts@pier-cafe.example.com', 'GB'),
  ('Lighthouse Books', 'office@lighthouse-books.example.com', 'GB'),
  ('Kade Hotel', 'boekhouding@kade-hotel.example.com', 'NL');
insert into vat_rate values
  ('standard', 20, '2011-01-04'), ('reduced', 5, '1997-09-01'), ('hospitality', 12.5, '2021-10-01'), ('zero', 0, '1973-04-01');
insert into invoice (customer_id, issued, net, vat_code, status) values
  (1, '2026-01-09', 240, 'hospitality', 'paid'), (1, '2026-02-06', 180, 'hospitality', 'sent'),
  (2, '2026-01-30', 96.5, 'zero', 'paid'), (3, '2026-02-13', 1200, 'standard', 'draft');
`;

/** What version 4.2 changes: staging has it, and the release brings it to production. */
export const discounts: Migration = {
  name: '4.2 discounts',
  bring: `
alter table invoice add column discount numeric(10, 2) not null default 0;
comment on column invoice.discount is 'Taken off the net amount, before VAT';
create index invoice_with_discount on invoice (issued) where discount > 0;
create or replace view invoice_total as
  select i.id, c.name as customer, i.issued, i.net,
    round((i.net - i.discount) * v.percent / 100, 2) as vat,
    round((i.net - i.discount) * (100 + v.percent) / 100, 2) as total
  from invoice i join customer c on c.id = i.customer_id join vat_rate v on v.code = i.vat_code;
update vat_rate set percent = 20, valid_from = '2026-04-01' where code = 'hospitality';
`,
  takeBack: `
update vat_rate set percent = 12.5, valid_from = '2021-10-01' where code = 'hospitality';
drop view invoice_total;
drop index invoice_with_discount;
alter table invoice drop column discount;
${totalsWithoutDiscounts}`,
};
