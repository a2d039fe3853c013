using Signals.Core.Response.Mail;

namespace Signals.Azure.Tests.Mail;

internal static class Mails
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
}
