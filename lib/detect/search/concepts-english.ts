/**
 * What visitors say and what a company's pages say for the same thing, one concept a line: words, and phrases with `_`
 * between their words. Everyday support only: a word with another meaning of its own elsewhere is left out.
 */
export const ENGLISH = `
price cost fee charge rate tariff how_much expensive cheap cheaper quote pricing_page amount pound euro dollar
free gratis no_charge without_paying included complimentary
duration how_long how_many_days how_many_weeks how_fast wait take_long lead_time turnaround
hours open opening opens close closed closing opening_time office_time when_are_you until_when till_when what_time timetable
refund reimburse reimbursement money_back see_the_money repay repayment get_my_money my_money
return refund refunds money_back get_my_money my_money send_back send_it_back send_that_back send_something bring_back give_back hand_back returning return_policy take_it_back returnable
exchange swap replace replacement other_size different_size wrong_size
delivery deliver ship shipping shipment dispatch courier post postage send sending arrive arrival bring bringing carrier
track tracking follow where_is whereabouts not_arrived hasn't_arrived never_arrived status
parcel package order purchase bought item box product article stuff
cancel cancellation terminate termination stop end quit leave leaving get_out_of get_rid_of call_off withdraw unsubscribe close_my_account
change edit modify update amend alter switch correct correction
postpone reschedule rebook another_day different_date later_date new_date
pause suspend hold freeze break skip
subscription subscribe plan membership member package_deal contract
upgrade faster higher bigger_plan more_speed premium
downgrade smaller slower lower smaller_plan
pay payment paying checkout settle
card credit_card debit_card visa mastercard amex
paypal apple_pay google_pay klarna
invoice bill billing receipt vat statement
instalment installment monthly_payment pay_monthly pay_later finance financing spread_the_cost
discount voucher coupon promo promotion code deal offer student students pensioner pensioners senior seniors nurse nurses nhs charity charities non_profit nonprofit school schools concession reduced
gift present gift_card giftcard birthday
password passcode pin passphrase credentials
login signin sign_in log_in sign_on log_on logging_in cannot_log can't_log locked_out access
register member membership_card sign_up signup create_an_account join joining become_a_member enrol enroll new_account open_an_account
account profile
delete remove erase close_account wipe
restore recover undo undelete get_it_back bring_back_deleted accidentally removed trash bin
two_factor 2fa two_step mfa authenticator verification_code security_code
email e-mail mail mails inbox newsletter
notification notifications alert alerts reminder reminders
phone telephone call ring number hotline
mobile cell_phone smartphone iphone android phone_app app
address move moving moved relocate relocation moving_house new_flat new_home
broken damaged defective faulty cracked torn tore scratched smashed leaking defect damage broke
missing lost lose not_in_the_box incomplete only_got
stolen theft thief nicked robbed
bolt bolts screw screws nut nuts part parts spare fitting fittings
guarantee warranty warranties guaranteed
repair fix mend technician engineer repairman serviceman
assembly assemble put_together put_it_together put_the build set_up_furniture mount mounting installation
install setup set_up hook_up connect plug configure get_started
clean cleaning wash washing stain stains wipe spill spilled wine dirt dirty
care look_after maintain maintenance treat oil
couch sofa settee
mattress bed
sample samples swatch swatches
measure size dimension dimensions fit fits width narrow doorway staircase stairs door doors
showroom shop store branch visit come_and_see see_it_in_person try_it sit_on
country international internationally abroad overseas worldwide europe france germany spain italy netherlands poland ireland northern_ireland jersey guernsey island islands belgium austria sweden norway uk usa us canada australia japan india brazil mexico turkey switzerland
travel travelling roaming holiday trip abroad
internet connection line broadband online network
outage down fault disruption dead not_working no_connection interruption broken_connection
slow buffering buffer buffers speed stutter lag mbit mbps
wifi wi-fi wlan wireless hotspot
router modem hub
sim esim sim_card
activate activation switch_on turn_on enable start_using
deactivate disable switch_off turn_off turn_them_off block
technician appointment visit slot booking
book booking reserve reservation get_in_line waiting_list queue put_on_hold
borrow take_out lend loan loans checkout_books
renew extend extension longer renewal prolong keep_longer another_week few_weeks
late overdue fine fines penalty
owe debt outstanding
print printing copy copies photocopy printer
computer computers pc laptop tablet
ebook ebooks e-book e-books kindle digital_book
room rooms space hall
quiet silent study
child children kids kid toddler toddlers baby babies son daughter
story stories read_aloud
wheelchair disabled disability accessible accessibility lift elevator ramp step_free
dog dogs pet pets cat cats animal animals
eat eating food sandwich snack meal drink drinks coffee
donate donation give_away don't_want_anymore gift_of
suggest suggestion recommend request_a
import load migrate transfer_from move_over bring_over
export download take_with_me get_the_data data_out extract
backup back_up
invite invitation add_people add_users colleague colleagues coworker teammate teammates guest join_my
team staff employee employees
user users seat seats person people member members
project projects board boards workspace
task tasks todo to_do ticket tickets
repeat recurring every_week every_day every_monday weekly daily regularly
calendar schedule agenda
integration integrations integrate work_with connect_to sync
slack teams discord
api webhook script developer programmatic rest_api
file files attachment attachments upload uploads document documents
limit maximum max quota how_big how_many largest at_most
server servers hosted hosting data_centre data_center where_is_my_data stored storage
security secure encrypted encryption gdpr privacy
language languages translate translation english german
age old young minor adult
identification id passport proof
job jobs career careers vacancy vacancies hiring
train bus station railway tram
parking park car garage
hotel room_rate suite
checkin check_in arrive_at arrival_time get_into_the_room
checkout_time check_out leave_the_room
breakfast brunch
restaurant dinner lunch kitchen menu
vegetarian vegan veggie plant_based meat_free
allergy allergies allergic gluten lactose intolerance
bike bikes bicycle bicycles cycle e-bike
swim swimming bathe beach lake pool
sauna spa steam_bath wellness
tax taxes city_tax
luggage suitcase suitcases bags baggage
key keys locker
weekend saturday sunday
morning afternoon evening night
decaf caffeine
`;
