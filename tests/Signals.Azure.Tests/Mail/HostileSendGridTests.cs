using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Signals.Azure.Mail;
using Signals.Azure.Settings;
using Signals.Core.Response.Mail;
using Signals.Testing.Mail;

namespace Signals.Azure.Tests.Mail;

public sealed class HostileSendGridTests
{
    private const int Count = 3_000;
    private const int AtOnce = 64;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_said_of_thousands_of_mails_to_a_hostile_server_is_what_became_of_them()
    {
        await using var server = await HostileSendGrid.StartAsync(seed: 20261122, Cancellation);
        using var transport = new SocketsHttpHandler();
        var settings = new SendGridSettings("SG.key", Endpoint: server.Address);
        var sender = new SendGridEmailSender(
            SendGridClients.Create(settings, transport, TimeSpan.FromSeconds(2)),
            settings,
            TimeProvider.System,
            NullLogger<SendGridEmailSender>.Instance
        );
        var outcomes = new ConcurrentDictionary<string, SendOutcome>(StringComparer.Ordinal);

        await Parallel.ForAsync(
            0,
            Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancellation },
            async (i, token) =>
            {
                var mail = Mails.ToAda with { Id = $"20260110093005000.{i:x16}.g_acme" };
                outcomes[mail.Id] = await sender.SendAsync(mail, token);
            }
        );

        Assert.All(server.Came, came => Assert.Equal(1, came.Value));
        foreach (var (id, outcome) in outcomes)
        {
            bool taken = server.Taken.ContainsKey(id);
            string told = $"{id}: {outcome.Status}, {outcome.Detail}; {(taken ? "taken" : "not taken")}";
            // Whatever may be sent again, and whatever never will be, surely was not taken.
            Assert.True(
                outcome.Status switch
                {
                    SendStatus.Accepted => taken,
                    SendStatus.Unknown => true,
                    _ => !taken,
                },
                told
            );
        }
        Assert.Equal(4, outcomes.Values.Select(outcome => outcome.Status).Distinct().Count());
        Assert.InRange(outcomes.Values.Count(outcome => outcome.Status == SendStatus.Unknown), Count * 5 / 100, Count * 15 / 100);
    }
}
