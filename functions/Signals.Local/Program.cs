using Signals.Local.CommandLine;

return await SignalsCommand.RunAsync(args);
