using System.Collections.Concurrent;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;

namespace Signals.Testing.ServiceBus.Wire;

/// <summary>
/// A node that answers requests: a client sends them by one link and names the address of another, by which it wants the answer.
/// </summary>
internal abstract class RequestNode
{
    private readonly ConcurrentDictionary<string, SendingAmqpLink> _answers = new(StringComparer.Ordinal);

    protected abstract string StatusName { get; }

    protected abstract string DescriptionName { get; }

    public void Attach(AmqpLink link)
    {
        if (link is ReceivingAmqpLink requests)
        {
            requests.RegisterMessageListener(request => _ = AnswerAsync(requests, request));
            return;
        }
        string address = ((Target)link.Settings.Target).Address.ToString()!;
        _answers[address] = (SendingAmqpLink)link;
        link.SafeAddClosed((_, _) => _answers.TryRemove(address, out _));
    }

    /// <summary>What goes wrong with this request, and the answer to it when nothing does.</summary>
    protected abstract (BrokerFault? Fault, Func<Answer> Do) Read(string operation, AmqpMessage request);

    private async Task AnswerAsync(ReceivingAmqpLink requests, AmqpMessage request)
    {
        requests.DisposeMessage(request, AmqpConstants.AcceptedOutcome, settled: true, batchable: false);
        BrokerFault? fault = null;
        try
        {
            (fault, var act) = Read(request.ApplicationProperties?.Map["operation"] as string ?? "", request);
            if (!await Faulty.BeforeAsync(fault))
                return;
            var answer = act();
            if (fault?.Drops == true)
                throw Faulty.Dropped();
            if (fault?.IsAnswered != false)
                Send(request, answer);
        }
        catch (AmqpException refusal) when (fault?.Drops != true)
        {
            Send(request, Answer.Of(refusal.Error));
        }
        catch (Exception broken)
        {
            requests.SafeClose(broken);
        }
    }

    private void Send(AmqpMessage request, Answer answer)
    {
        var message = AmqpMessage.Create(new AmqpValue { Value = answer.Body });
        message.Properties.CorrelationId = request.Properties.MessageId;
        message.ApplicationProperties = new ApplicationProperties();
        message.ApplicationProperties.Map[StatusName] = answer.Status;
        message.ApplicationProperties.Map[DescriptionName] = answer.Description;
        if (answer.Condition is { } condition)
            message.ApplicationProperties.Map["errorCondition"] = (AmqpSymbol)condition;
        if (_answers.TryGetValue(request.Properties.ReplyTo.ToString()!, out var link))
            link.SendMessageNoWait(message, new ArraySegment<byte>(Guid.NewGuid().ToByteArray()), AmqpConstants.NullBinary);
    }

    /// <summary>An answer: an HTTP-like status, its words, the condition of an error, and what was asked for.</summary>
    protected sealed record Answer(int Status, string Description, string? Condition, AmqpMap Body)
    {
        public static Answer Of(int status, params (string Name, object Value)[] values)
        {
            var body = new AmqpMap();
            foreach (var (name, value) in values)
                body[new MapKey(name)] = value;
            return new Answer(status, "OK", null, body);
        }

        public static Answer Of(Error error)
        {
            string condition = error.Condition.Value ?? "";
            int status = condition switch
            {
                "com.microsoft:message-lock-lost" => 410,
                "com.microsoft:message-not-found" or "amqp:not-found" => 404,
                "com.microsoft:server-busy" => 503,
                "amqp:unauthorized-access" => 401,
                "amqp:not-implemented" => 501,
                _ => 400,
            };
            return new Answer(status, error.Description, condition, []);
        }
    }
}
