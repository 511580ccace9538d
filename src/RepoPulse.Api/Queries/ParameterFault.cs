namespace RepoPulse.Api.Queries;

/// <param name="Message">Names the parameter, the value and what is allowed.</param>
internal sealed record ParameterFault(string Parameter, string Message);
