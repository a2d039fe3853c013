namespace Signals.Core.Intake.Ingestion;

/// <summary>One request's place at the gate, from its headers until its events are durable.</summary>
public sealed class IntakePlace : IDisposable
{
    private readonly IntakeGate _gate;

    internal IntakePlace(IntakeGate gate, long weight, long since)
    {
        _gate = gate;
        Weight = weight;
        Since = since;
    }

    internal IntakeState State { get; set; } = IntakeState.Coming;

    /// <summary>What the request is taken to cost, in bytes.</summary>
    internal long Weight { get; set; }

    /// <summary>Since when it comes or waits, by <see cref="TimeProvider.GetTimestamp"/>.</summary>
    internal long Since { get; set; }

    /// <summary>Ends with its waiting; null where it did not have to wait.</summary>
    internal TaskCompletionSource? Turn { get; set; }

    /// <summary>
    /// Waits for the request's turn, now that its body is here. Throws <see cref="Platform.Storage.TransientStoreException"/> where that
    /// takes too long, or too many bytes wait already.
    /// </summary>
    /// <param name="bytes">The size of the body.</param>
    /// <param name="cancellationToken">The sender left.</param>
    public async ValueTask EnterAsync(int bytes, CancellationToken cancellationToken)
    {
        if (_gate.Enter(this, bytes))
            return;
        await using (cancellationToken.Register(() => _gate.GiveUp(this, cancellationToken)))
            await Turn!.Task;
    }

    /// <summary>The turn is another's now: what is left is to wait for the disk, which takes no processor.</summary>
    public void EndTurn() => _gate.EndTurn(this);

    public void Dispose() => _gate.GiveBack(this);
}

/// <summary>What a place is for.</summary>
internal enum IntakeState
{
    /// <summary>Nothing that counts: it is given back, or its body is too long on its way.</summary>
    None,

    /// <summary>Its body is on its way.</summary>
    Coming,

    /// <summary>It waits for its turn.</summary>
    Waiting,

    /// <summary>Its events are being read and packed.</summary>
    Working,

    /// <summary>Its events wait for the disk.</summary>
    Storing,
}
