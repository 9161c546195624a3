/** As ENGLISH (concepts-english.ts): one concept a line. Compounds are found by their parts. */
export const GERMAN = `
preis kosten kostet gebühr wieviel wie_viel was_kostet teuer günstig billig tarif betrag euro
gratis kostenlos umsonst inklusive enthalten inbegriffen
dauer wie_lange dauert lieferzeit wartezeit
öffnungszeiten geöffnet offen öffnet geschlossen schließt wann_habt wann_ist_offen aufsperren zusperren ruhetag auf_haben
erstattung rückerstattung geld_zurück rückzahlung erstatten
rückgabe retoure zurückschicken zurückgeben zurücksenden umtausch umtauschen
lieferung liefern versand versenden zustellung schicken nachsenden porto paket sendung
bestellung bestellt auftrag kauf
stornieren storno stornierung absagen abbestellen kündigen kündigung rücktritt buchung_löschen
ändern änderung umbuchen verschieben verlegen anderer_termin einen_tag_später
buchen buchung reservieren reservierung
bezahlen zahlen zahlung bezahlung bar kreditkarte ec-karte karte visa mastercard paypal
rechnung beleg quittung
rabatt ermäßigung gutschein gutscheine nachlass vergünstigung
geschenk schenken beschenken
passwort kennwort
anmelden einloggen login registrieren
konto profil
email e-mail mail
telefon handy anrufen nummer
kaputt defekt beschädigt schaden beschädigung
fehlt fehlen verloren vergessen liegen_lassen liegengelassen fundsachen fundsache
garantie gewährleistung
reparatur reparieren techniker
wlan wifi internet netz
auto pkw wagen parken parkplatz parkplätze abstellen stellplatz garage
laden ladesäule ladesäulen ladestation elektroauto e-auto
hund hunde haustier haustiere vierbeiner dackel welpe katze
kind kinder baby babybett familie familien enkel
rollstuhl barrierefrei gehbehindert behindert lift aufzug rollstuhlgerecht
einchecken anreise ankommen ankunft check-in checkin aufs_zimmer ins_zimmer anreisen
auschecken abreise abreisen check-out checkout raus räumen zimmer_verlassen
frühstück frühstücken buffet morgenessen zmorge
restaurant küche essen abendessen abends speisekarte gastronomie znacht
vegetarisch vegan fleischlos kein_fleisch vegetarier pflanzlich
allergie allergien gluten laktose unverträglichkeit
fahrrad fahrräder rad räder velo velos e-bike e-bikes leihen verleihen mieten verleih
baden schwimmen see strand badesteg
sauna dampfbad wellness
bahnhof zug bahn anfahrt hinkommen abholen abholung transfer bus
kurtaxe ortstaxe taxe
schlüssel rezeption empfang
nacht nachts spät spätabends mitternacht
gepäck koffer tasche
zimmer doppelzimmer einzelzimmer
person personen gäste erwachsene
`;
