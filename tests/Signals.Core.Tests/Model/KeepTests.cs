using Signals.Testing.World;

namespace Signals.Core.Tests.Model;

/// <summary>For how long the model has what nothing else puts an end to be kept.</summary>
public sealed class KeepTests
{
    [Fact]
    public void Without_a_word_people_accounts_messages_and_the_trail_have_no_end()
    {
        var keep = new ModelFile().ReadValid().Keep;

        Assert.Equal(
            (30, null, null, null, null),
            (keep.QuarantineDays, keep.MessageDays, keep.AuditDays, keep.PeopleDays, keep.AccountDays)
        );
    }

    [Theory]
    [InlineData("group", """{ "peopleDays": 90, "accountDays": 90 }""", 90, 90)]
    [InlineData("group", """{ "accountDays": 3650 }""", null, 3650)]
    [InlineData("group", """{ "peopleDays": 400, "accountDays": 800 }""", 400, 800)]
    [InlineData("person", """{ "peopleDays": 730 }""", 730, null)]
    public void People_and_accounts_have_days_of_their_own(string accounts, string keep, int? people, int? account)
    {
        var read = new ModelFile().With("accounts", $"\"{accounts}\"").With("keep", keep).ReadValid().Keep;

        Assert.Equal((people, account), (read.PeopleDays, read.AccountDays));
    }

    [Theory]
    [InlineData("group", """{ "peopleDays": 89 }""", "keep.peopleDays: found 89, expected days, a whole number from 90 to 3650")]
    [InlineData("group", """{ "accountDays": 3651 }""", "keep.accountDays: found 3651, expected days, a whole number from 90 to 3650")]
    [InlineData(
        "group",
        """{ "peopleDays": 400, "accountDays": 399 }""",
        "keep.accountDays: found 399, expected \"peopleDays\" (400) or more: people go with their account"
    )]
    [InlineData(
        "person",
        """{ "accountDays": 400 }""",
        "keep.accountDays: found 400, expected \"peopleDays\" alone where \"accounts\" is \"person\": everybody is an account"
    )]
    [InlineData(
        "group",
        """{ "peopledays": 400 }""",
        "keep.peopledays: found an unknown property, expected a known one: did you mean \"peopleDays\"?"
    )]
    public void What_cannot_be_is_named(string accounts, string keep, string error) =>
        Assert.Equal([error], new ModelFile().With("accounts", $"\"{accounts}\"").With("keep", keep).Errors());
}
