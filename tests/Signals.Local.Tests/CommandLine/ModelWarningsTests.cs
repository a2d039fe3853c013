using Signals.Core.Model;
using Signals.Local.CommandLine;
using Signals.Local.Demo;
using Signals.Testing.World;

namespace Signals.Local.Tests.CommandLine;

/// <summary>What <c>check</c> says of a model that it takes and that is hardly meant.</summary>
public sealed class ModelWarningsTests
{
    private static readonly ValueModel Model = StoryModels.OfPeople with { Outreach = new OutreachSettings() };

    [Theory]
    [InlineData("FR", false)]
    [InlineData("XX", true)]
    public void A_country_without_known_holidays_is_told_of(string country, bool told)
    {
        var model = DemoModel.Read();

        var warnings = ModelWarnings.Of(model with { Alerts = model.Alerts with { Country = country } });

        Assert.Equal(
            told ? ["alerts: the public holidays of XX are not known; its working days are Monday to Friday."] : [],
            warnings.Where(warning => warning.Contains("holidays", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Tickets_that_are_opened_and_never_solved(bool solved, bool warned) =>
        AssertWarned(
            Model with
            {
                Tickets = new TicketDefinition
                {
                    Opened = ["Ticket Opened"],
                    Solved = solved ? ["Ticket Solved"] : [],
                    WithinHours = 36,
                },
            },
            warned,
            "tickets.opened is given without tickets.solved; every ticket stays open, is late after 36 hours, and "
                + "stops all mail to its account."
        );

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void A_first_answer_that_is_promised_and_never_told_of(bool told, bool warned) =>
        AssertWarned(
            Model with
            {
                Tickets = new TicketDefinition
                {
                    Opened = ["Ticket Opened"],
                    Answered = told ? ["Ticket Answered"] : [],
                    Solved = ["Ticket Solved"],
                    Promises = new Dictionary<string, TicketPromise>(StringComparer.OrdinalIgnoreCase) { ["pro"] = new(4, null) },
                },
            },
            warned,
            "tickets promises a first answer within hours, and tickets.answered names no event; nothing tells whether that is kept."
        );

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Payments_that_fail_and_are_never_made_good(bool recovered, bool warned) =>
        AssertWarned(
            Model with
            {
                Billing = new BillingDefinition { Failed = ["Payment Failed"], Recovered = recovered ? ["Payment Succeeded"] : [] },
            },
            warned,
            "billing.failed is given without billing.recovered; a failed payment that was made good counts for 60 days all the same."
        );

    [Theory]
    [InlineData("Report Shared", true)]
    [InlineData("Error", false)]
    public void Friction_on_an_event_that_carries_value(string name, bool warned) =>
        AssertWarned(
            Model with
            {
                Friction = [new FrictionKind("errors", "errors", ["Error"]), new FrictionKind("waits", "waits", [name])],
            },
            warned,
            "friction[1].events holds \"Report Shared\", which carries value; whoever gets more value then seems to meet more waits."
        );

    [Theory]
    [InlineData(AccountsMode.Person, false, "peopleDays")]
    [InlineData(AccountsMode.Group, false, "accountDays")]
    [InlineData(AccountsMode.Group, true, null)]
    public void Silent_accounts_that_nobody_says_of_that_they_left(AccountsMode mode, bool churn, string? setting) =>
        AssertWarned(
            (churn ? Model.WithChurn() : Model) with
            {
                Accounts = mode,
                Keep = new KeepDefinition { PeopleDays = 400, AccountDays = mode == AccountsMode.Group ? 400 : null },
            },
            setting is not null,
            $"keep.{setting} is given without churn.events; an account with a price counts as a customer who pays, and stays however "
                + "silent it is, also after 400 days."
        );

    [Fact]
    public void People_who_outlast_their_accounts() =>
        AssertWarned(
            Model.WithChurn() with
            {
                Accounts = AccountsMode.Group,
                Keep = new KeepDefinition { AccountDays = 400 },
            },
            warned: true,
            "keep.accountDays is given without keep.peopleDays; people without an account, and those who fell silent in one that goes on, "
                + "are kept until they are erased."
        );

    [Theory]
    [InlineData("en", false)]
    [InlineData("en,fr", true)]
    public void Names_in_one_language_for_people_of_two(string locales, bool warned) =>
        AssertWarned(
            Model with
            {
                Locales = locales.Split(','),
                Friction = [new FrictionKind("errors", "errors", ["Error"])],
            },
            warned,
            "friction.errors: the name is one text, which mails in en and fr hold as it is; give it by language, as "
                + "{ \"en\": \"...\", \"fr\": \"...\" }."
        );

    private static void AssertWarned(ValueModel model, bool warned, string warning) =>
        Assert.Equal(warned ? [warning] : [], ModelWarnings.Of(model));
}
