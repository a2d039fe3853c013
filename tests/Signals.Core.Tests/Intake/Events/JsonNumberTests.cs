using System.Text;
using Signals.Core.Intake.Events;

namespace Signals.Core.Tests.Intake.Events;

public sealed class JsonNumberTests
{
    [Theory]
    [InlineData("42", "42")]
    [InlineData("42.0", "42")]
    [InlineData("42.000", "42")]
    [InlineData("4.2e1", "42")]
    [InlineData("4.2E+1", "42")]
    [InlineData("420e-1", "42")]
    [InlineData("-42.0", "-42")]
    [InlineData("0.0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.0e5", "0")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("9007199254740993.0", "9007199254740993")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1.0e+25", "10000000000000000000000000")]
    [InlineData("42.5", "42.5")]
    [InlineData("4.25e1", "4.25e1")]
    [InlineData("1e-3", "1e-3")]
    [InlineData("1e999999999999", "1e999999999999")]
    [InlineData("1e400", "1e400")]
    public void A_whole_number_is_its_digits_however_it_is_written(string number, string text) =>
        Assert.Equal(text, JsonNumber.ToText(Encoding.UTF8.GetBytes(number)));

    [Fact]
    public void Ids_sent_as_numbers_in_different_writing_are_one_person()
    {
        string[] users =
        [
            .. ((string[])["42", "42.0", "4.2e1", "\"42\""]).Select(id =>
                Wire.Accepted($$"""{ "type": "page", "userId": {{id}}, "context": { "groupId": {{id}} } }""").UserId!
            ),
        ];

        Assert.All(users, user => Assert.Equal("42", user));
    }

    [Fact]
    public void Ids_that_differ_beyond_what_floating_point_holds_are_two_people() =>
        Assert.NotEqual(
            Wire.Accepted("""{ "type": "page", "userId": 9007199254740992 }""").UserId,
            Wire.Accepted("""{ "type": "page", "userId": 9007199254740993 }""").UserId
        );

    [Theory]
    [InlineData("0.0")]
    [InlineData("-1.0")]
    [InlineData("0e7")]
    public void A_number_that_is_nobodys_is_so_in_any_writing(string id) =>
        Assert.Equal("batch[0].userId", Wire.Refused($$"""{ "type": "page", "userId": {{id}} }""").Path);
}
