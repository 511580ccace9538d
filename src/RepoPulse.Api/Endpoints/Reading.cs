using Microsoft.AspNetCore.Http;

namespace RepoPulse.Api.Endpoints;

internal static class Reading
{
    /// <summary>HEAD answers as GET does, without the body.</summary>
    public static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];
}
