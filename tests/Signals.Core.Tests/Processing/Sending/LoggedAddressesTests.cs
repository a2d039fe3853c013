using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signals.Core.Response.Mail;
using Signals.Testing.World;

namespace Signals.Core.Tests.Processing.Sending;

public sealed class LoggedAddressesTests
{
    [Fact]
    public async Task What_a_mail_server_says_of_whom_it_refused_is_logged_without_the_address()
    {
        var lines = new LogLines();
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups.WithSetUp());
        await world.RestartAsync(with: services => services.AddSingleton<ILoggerProvider>(lines));
        world.Mail.Answers = mail => new SendOutcome(
            SendStatus.Refused,
            Detail: $"550 5.1.1 <{mail.To.Address}>: Recipient address rejected"
        );
        world.Given("ann").HasEmail("ann.lee@customer.example").Joins("acme").On(0).Tracks("Import Failed").Times(3).On(0);

        await world.AdvanceToAsync(1);

        Assert.Contains(lines.All, line => line.Contains("<…@customer.example>: Recipient address rejected", StringComparison.Ordinal));
        Assert.DoesNotContain(lines.All, line => line.Contains("ann.lee", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Every line that the app logs.</summary>
    private sealed class LogLines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => All.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
