using Microsoft.Extensions.Hosting;
using Signals.Azure.Settings;
using Signals.Functions.Hosting;

try
{
    await SignalsApp.Create(args).RunAsync();
    return 0;
}
catch (InvalidSettingsException fault)
{
    // What to mend, without the stack trace that the host would print around it.
    await Console.Error.WriteLineAsync($"signals: {fault.Message}");
    return 1;
}
