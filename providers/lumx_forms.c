/* SPDX-License-Identifier: MIT */
/*
 * Lumx: the additional-information forms, as rows. Order here is order on
 * screen and in what is sent.
 * https://docs.lumx.io/api-reference/customers/send-additional-information
 * https://docs.lumx.io/additional-information/onboarding-fields
 */
#include "providers/lumx.h"

#define NAME_MOST  100
#define WORDS_MOST 1000

static const struct form_choice jurisdictions[] = {
	{ "BRA", N_("Brazil"), NULL },
	{ "USA", N_("United States"), NULL },
	{ "EU", N_("European Union"), N_("Any of its member states.") },
	{ "CANADA", N_("Canada"), NULL },
	{ "CHINA", N_("China"), NULL },
	{ "MEXICO", N_("Mexico"), NULL },
	{ "OTHERS", N_("Other countries"), N_("Anywhere not listed above.") },
	{ NULL, NULL, NULL },
};

static const struct form_choice activities[] = {
	{ "NONE", N_("None of these"),
	  N_("Excludes all the others; choose it if nothing applies.") },
	{ "ADULT_ENTERTAINMENT", N_("Adult entertainment"),
	  N_("Erotic media, services or venues.") },
	{ "DRUGS", N_("Drugs"),
	  N_("Making or selling medicines or other controlled substances.") },
	{ "FIREARMS", N_("Firearms"),
	  N_("Weapons, ammunition or parts of them.") },
	{ "GAMBLING", N_("Gambling"),
	  N_("Casinos, betting, lotteries, games for money.") },
	{ "MARIJUANA", N_("Cannabis"),
	  N_("Growing, making or selling it, also where that is legal.") },
	{ "TUMBLING", N_("Coin mixing (tumbling)"),
	  N_("Services that mix crypto assets of many people so that nobody "
	     "can tell where they came from.") },
	{ NULL, NULL, NULL },
};

static const struct form_choice counterparties[] = {
	{ "SELF", N_("Own accounts"),
	  N_("Money moves between accounts of the same holder.") },
	{ "MERCHANTS_SUPPLIERS", N_("Shops and suppliers"),
	  N_("Whoever goods or services are bought from.") },
	{ "CUSTOMERS", N_("Customers"),
	  N_("Whoever goods or services are sold to.") },
	{ "EMPLOYEES", N_("Employees"), N_("Wages and expenses.") },
	{ "CONTRACTORS", N_("Contractors"),
	  N_("Freelancers and outside firms paid for work.") },
	{ "FRIENDS", N_("Friends"), NULL },
	{ "FAMILY", N_("Family"), NULL },
	{ NULL, NULL, NULL },
};

static const struct form_choice funds_sources[] = {
	{ "EMPLOYMENT", N_("Salary or wages"),
	  N_("Paid work, including a pension from it.") },
	{ "SAVINGS", N_("Savings"), N_("Money put aside earlier.") },
	{ "WINNINGS", N_("Winnings"), N_("A lottery or a prize.") },
	{ "MARITAL", N_("Marriage or divorce"),
	  N_("From a spouse, or from a settlement.") },
	{ "REAL_ESTATE", N_("Property"),
	  N_("Sale or rent of houses or land.") },
	{ "TRUST", N_("Trust or inheritance"),
	  N_("Paid out by a trust or an estate.") },
	{ "INVESTMENT", N_("Investments"),
	  N_("Dividends, interest, sale of shares or crypto assets.") },
	{ "COMPANY", N_("Company income"),
	  N_("What a company earns with its business.") },
	{ "COMPANY_CAPITAL", N_("Company capital"),
	  N_("What its owners have paid in.") },
	{ "LOAN", N_("Loan"), N_("Borrowed, and to be paid back.") },
	{ "PRIVATE_CAPITAL", N_("Private investors"),
	  N_("Venture capital, private equity, business angels.") },
	{ "GRANT", N_("Grant"),
	  N_("Given by a state or a foundation, not to be paid back.") },
	{ "OTHER", N_("Something else"), NULL },
	{ NULL, NULL, NULL },
};

static const struct form_choice situations[] = {
	{ "EMPLOYEE", N_("Employed"), N_("Works for somebody else.") },
	{ "SELF_EMPLOYED", N_("Self-employed"),
	  N_("Own business, freelance, or a profession of their own.") },
	{ "UNEMPLOYED", N_("Not working"), N_("Looking for work, or not.") },
	{ "RETIRED", N_("Retired"), NULL },
	{ "OTHER", N_("Something else"), N_("For example a student.") },
	{ NULL, NULL, NULL },
};

/* The published list goes on after these, so a code may be typed:
 * https://docs.lumx.io/additional-information/company-types */
static const struct form_choice company_types[] = {
	{ "BANK_US", N_("Bank, United States"), NULL },
	{ "BANK_FOREIGN", N_("Bank, elsewhere"), NULL },
	{ "BANKING_CORRESPONDENT", N_("Banking correspondent"),
	  N_("Offers a bank's services on its behalf.") },
	{ "BROKER_DEALER_OTC_DESK", N_("Broker, dealer or OTC desk"),
	  N_("Trades securities or assets for others, or off exchange.") },
	{ "FOREIGN_EXCHANGE_MARKET_FX", N_("Foreign exchange"), NULL },
	{ "INSURANCE_COMPANIES", N_("Insurance company"), NULL },
	{ "INVESTMENT_ADVISOR_ASSET_MANAGER",
	  N_("Investment adviser or asset manager"), NULL },
	{ "LOAN_OR_FINANCE_COMPANY", N_("Lender or finance company"), NULL },
	{ "NON_BANK_CUSTODIANS", N_("Custodian that is no bank"),
	  N_("Keeps assets that belong to others.") },
	{ "PAYMENT_GATEWAY", N_("Payment gateway"),
	  N_("Passes card or other payments from shops to banks.") },
	{ "THIRD_PARTY_PAYMENT_PROCESSOR", N_("Payment processor"),
	  N_("Takes or makes payments on behalf of other companies.") },
	{ "U_S_NON_CRYPTO_MSB",
	  N_("Money services business, United States, no crypto"),
	  N_("Transfers, exchanges or cashes money.") },
	{ "FOREIGN_NON_CRYPTO_MSB",
	  N_("Money services business, elsewhere, no crypto"),
	  N_("Transfers, exchanges or cashes money.") },
	{ "BLOCKCHAIN_SOFTWARE_COMPANY", N_("Blockchain software company"),
	  NULL },
	{ "DEFI_EXCHANGE", N_("Decentralised exchange"), NULL },
	{ "MINER", N_("Crypto miner"), NULL },
	{ "NFT_MARKETPLACE", N_("NFT marketplace"), NULL },
	{ "TOKEN_PROJECT", N_("Token project"),
	  N_("Issues a crypto token of its own.") },
	{ "U_S_CRYPTO_MSB", N_("Crypto exchange or wallet, United States"),
	  NULL },
	{ "FOREIGN_CRYPTO_MSB", N_("Crypto exchange or wallet, elsewhere"),
	  NULL },
	{ "ATM_KIOSK_OPERATOR", N_("Operator of cash machines or kiosks"),
	  NULL },
	{ "COMMODITIES_FIRMS", N_("Commodities firm"), NULL },
	{ "HIGH_NET_WORTH_INDIVIDUALS", N_("Wealth of private persons"), NULL },
	{ "PENSION_FUNDS", N_("Pension fund"), NULL },
	{ "POOLED_INVESTMENT_VEHICLE_FUND", N_("Investment fund"), NULL },
	{ NULL, NULL, NULL },
};

/* Fields of both kinds; each list below takes them at its own place. */
#define PHONE                                                                 \
	{                                                                     \
		.key = "phone", .kind = FORM_PHONE,                           \
		.flags = FORM_REQUIRED | FORM_PRIVATE,                        \
		.section = N_("Contact"), .label = N_("Phone"),               \
		.help = N_("With country code, for example +5511999999999."), \
	}
#define ADDRESS(what)                                                          \
	{                                                                      \
		.key = "address.country",                                      \
		.kind = FORM_COUNTRY,                                          \
		.flags = FORM_REQUIRED | FORM_PRIVATE | FORM_HOME,             \
		.section = what,                                               \
		.label = N_("Country"),                                        \
		.help = N_("Name or code, for example Brazil or BRA."),        \
	},                                                                     \
		{                                                              \
			.key = "address.line1",                                \
			.kind = FORM_TEXT,                                     \
			.max = 200,                                            \
			.flags = FORM_REQUIRED | FORM_PRIVATE,                 \
			.label = N_("Street and number"),                      \
			.help = N_(                                            \
				"All of it in one line, for example Rua das "  \
				"Flores, 123, apto 45."),                      \
		},                                                             \
		{                                                              \
			.key = "address.city",                                 \
			.kind = FORM_TEXT,                                     \
			.max = NAME_MOST,                                      \
			.flags = FORM_REQUIRED | FORM_PRIVATE,                 \
			.label = N_("City"),                                   \
			.help = N_("For example São Paulo."),                  \
		},                                                             \
		{                                                              \
			.key = "address.state",                                \
			.kind = FORM_TEXT,                                     \
			.max = NAME_MOST,                                      \
			.flags = FORM_REQUIRED | FORM_PRIVATE,                 \
			.label = N_("State or province"),                      \
			.help = N_(                                            \
				"In Brazil its two letters, for example SP."), \
		},                                                             \
	{                                                                      \
		.key = "address.postalCode", .kind = FORM_TEXT, .max = 20,     \
		.flags = FORM_REQUIRED | FORM_PRIVATE,                         \
		.label = N_("Postal code"),                                    \
		.help = N_("For example 01310-100."),                          \
	}
#define VOLUMES                                                             \
	{                                                                   \
		.key = "monthlyVolumeInUSD",                                \
		.kind = FORM_MONEY,                                         \
		.flags = FORM_REQUIRED,                                     \
		.section = N_("Expected use"),                              \
		.label = N_("Volume a month, US dollars"),                  \
		.help = N_("What will move through Lumx in a usual month, " \
			   "for example 5000."),                            \
	},                                                                  \
	{                                                                   \
		.key = "transactionVolumeInUSD", .kind = FORM_MONEY,        \
		.flags = FORM_REQUIRED,                                     \
		.label = N_("Usual size of a transaction, US dollars"),     \
		.help = N_("For example 1000."),                            \
	}
#define DEALINGS                                                                  \
	{                                                                         \
		.key = "jurisdictions",                                           \
		.kind = FORM_MULTI,                                               \
		.choices = jurisdictions,                                         \
		.flags = FORM_REQUIRED,                                           \
		.label = N_("Where money comes from and goes to"),                \
		.help = N_("All that apply, at least one."),                      \
	},                                                                        \
		{                                                                 \
			.key = "involvedActivities",                              \
			.kind = FORM_MULTI,                                       \
			.choices = activities,                                    \
			.alone = "NONE",                                          \
			.flags = FORM_REQUIRED,                                   \
			.label = N_("Sensitive activities"),                      \
			.help = N_(                                               \
				"Is any of this part of it? If not, choose None " \
				"of these."),                                     \
		},                                                                \
	{                                                                         \
		.key = "transactionCounterparties", .kind = FORM_MULTI,           \
		.choices = counterparties, .flags = FORM_REQUIRED,                \
		.label = N_("Who money is exchanged with"),                       \
		.help = N_("All that apply, at least one."),                      \
	}
#define FUNDS                                                         \
	{                                                             \
		.key = "sourceOfFunds", .kind = FORM_CHOICE,          \
		.choices = funds_sources, .flags = FORM_REQUIRED,     \
		.label = N_("Where the money comes from"),            \
		.help = N_("The main source, if there are several."), \
	}

static const struct form_field individual_fields[] = {
	{
		.key = "firstName",
		.kind = FORM_TEXT,
		.max = NAME_MOST,
		.flags = FORM_REQUIRED | FORM_PRIVATE,
		.section = N_("Person"),
		.label = N_("First name"),
		.help = N_("As in the identity document."),
	},
	{
		/* The reference shows it as "" where there is none. */
		.key = "middleName",
		.kind = FORM_TEXT,
		.max = NAME_MOST,
		.flags = FORM_PRIVATE | FORM_SEND_EMPTY,
		.label = N_("Middle names"),
		.help = N_("Leave it empty if there are none."),
	},
	{
		.key = "lastName",
		.kind = FORM_TEXT,
		.max = NAME_MOST,
		.flags = FORM_REQUIRED | FORM_PRIVATE,
		.label = N_("Last name"),
		.help = N_("As in the identity document."),
	},
	PHONE,
	ADDRESS(N_("Home address")),
	{
		.key = "professionalSituation",
		.kind = FORM_CHOICE,
		.choices = situations,
		.flags = FORM_REQUIRED,
		.section = N_("Work and money"),
		.label = N_("Work situation"),
	},
	{
		.key = "professionalOccupation",
		.kind = FORM_TEXT,
		.max = NAME_MOST,
		.flags = FORM_REQUIRED,
		.label = N_("Occupation"),
		.help = N_("What the person does or did, for example "
			   "teacher."),
	},
	FUNDS,
	VOLUMES,
	DEALINGS,
	{ .key = NULL },
};

static bool is_regulated(const struct form_answers *answers)
{
	return form_answer_is(answers, "isRegulatedActivity", "true");
}

static const struct form_field business_fields[] = {
	{
		.key = "companyType",
		.kind = FORM_CHOICE,
		.choices = company_types,
		.flags = FORM_REQUIRED | FORM_OPEN,
		.section = N_("Company"),
		.label = N_("Kind of company"),
		.help = N_("If nothing fits, type the code from Lumx's list "
			   "of company types, in capitals."),
	},
	{
		.key = "servicesProvided",
		.kind = FORM_TEXT,
		.max = WORDS_MOST,
		.flags = FORM_REQUIRED,
		.label = N_("What the company offers"),
		.help = N_("One or two sentences, for example: software for "
			   "paying suppliers abroad."),
	},
	{
		.key = "website",
		.kind = FORM_URL,
		.max = 200,
		.flags = FORM_REQUIRED,
		.label = N_("Website"),
		.help = N_("For example https://www.example.com."),
	},
	PHONE,
	ADDRESS(N_("Company address")),
	{
		.key = "isRegulatedActivity",
		.kind = FORM_YES_NO,
		.flags = FORM_REQUIRED,
		.section = N_("Rules the company is under"),
		.label = N_("Is the activity regulated?"),
		.help = N_("Does it need a licence, such as that of a bank? "
			   "Then the licence has to be sent as well."),
	},
	{
		/* Lumx wants it as "" where nothing is regulated. */
		.key = "regulatedActivityDetails",
		.kind = FORM_TEXT,
		.max = WORDS_MOST,
		.flags = FORM_REQUIRED | FORM_SEND_EMPTY,
		.shown = is_regulated,
		.label = N_("Licence"),
		.help = N_("Which activity, which authority, which number."),
	},
	{
		.key = "complianceAndAML",
		.kind = FORM_TEXT,
		.max = WORDS_MOST,
		.flags = FORM_REQUIRED,
		.label = N_("Measures against money laundering"),
		.help = N_("One or two sentences: who is responsible, how "
			   "customers are checked, how payments are watched."),
	},
	{
		.key = "annualRevenue",
		.kind = FORM_MONEY,
		.flags = FORM_REQUIRED | FORM_PRIVATE,
		.section = N_("Money"),
		.label = N_("Revenue a year, US dollars"),
		.help = N_("For example 1000000."),
	},
	{
		.key = "monthlyTransactionVolume",
		.kind = FORM_MONEY,
		.flags = FORM_REQUIRED,
		.label = N_("All transactions a month, US dollars"),
		.help = N_("Of the whole company, not only through Lumx; for "
			   "example 100000."),
	},
	FUNDS,
	VOLUMES,
	DEALINGS,
	{ .key = NULL },
};

const struct form_schema lumx_individual = {
	.name = "lumx.individual",
	.title = N_("Additional information, individual"),
	.fields = individual_fields,
};

const struct form_schema lumx_business = {
	.name = "lumx.business",
	.title = N_("Additional information, business"),
	.fields = business_fields,
};
