using Signals.Core.Platform.Messaging;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>What the queues are called.</summary>
internal static class DeadLetterWords
{
    public static string Queue(Reader reader, string queue) =>
        queue switch
        {
            QueueNames.Usage => reader.Say("Events to fold"),
            QueueNames.Reviews => reader.Say("Accounts to review"),
            _ => reader.Say("Messages to send"),
        };
}
