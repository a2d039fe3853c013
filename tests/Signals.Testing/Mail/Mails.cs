using Signals.Core.Response.Mail;

namespace Signals.Testing.Mail;

public static class Mails
{
    public static EmailMessage ToAda { get; } =
        new(
            "20260110093005000.00112233aabbccdd.g_acme",
            new EmailAddress("help@nimbus.example", "Nimbus help"),
            new EmailAddress("ada@customer.example", "Ada Löve"),
            new EmailAddress("reply@nimbus.example"),
            "About your import",
            "Hello Ada,\n\nHere is how.\n",
            "<p>Hello Ada,</p>\n",
            new DateTimeOffset(2026, 1, 10, 9, 30, 5, TimeSpan.Zero),
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["List-Unsubscribe"] = "<https://nimbus.example/u/token>",
                ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
            },
            "onboarding-stalled"
        );

    /// <summary>The same with nothing that it could do without.</summary>
    public static EmailMessage Plain { get; } =
        ToAda with
        {
            Id = "o-20260110-7f3a",
            To = new EmailAddress("ada@customer.example", "Ada"),
            ReplyTo = null,
            Headers = new Dictionary<string, string>(StringComparer.Ordinal),
        };
}
